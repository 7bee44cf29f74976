// How the network is trained: below the three columns.

import type { PanelProps } from "./panel.ts";

export function TrainingPanel(_: PanelProps) {
  return null;
}
