// Runs that were kept, and races: the last of the page.

import type { PanelProps } from "./panel.ts";

export function ShelfPanel(_: PanelProps) {
  return null;
}
