// What the panels of controls are handed. Settings they read and change by the state.

import type { Training } from "../../../client/index.ts";

export interface PanelProps {
  readonly training: Training;
}
