// Examples and features: the left column.

import type { PanelProps } from "./panel.ts";

export function DataPanel(_: PanelProps) {
  return null;
}
