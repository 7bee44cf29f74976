// Layers, their units and activations: above the drawing of the network.

import type { PanelProps } from "./panel.ts";

export function LayersPanel(_: PanelProps) {
  return null;
}
