// The right column: what the network answers on the plane and how well; below it how that came about.

import type { ReadonlySignal } from "@preact/signals";
import type { Training } from "../../../client/index.ts";
import { Curves } from "./curves.tsx";
import { Inside } from "./inside.tsx";
import { PlanePanel } from "./plane-panel.tsx";
import { Scores } from "./scores.tsx";

export interface OutputPanelProps {
  readonly training: Training;
  /** The unit that is pointed at in the drawing: its map is shown meanwhile. */
  readonly pointed: ReadonlySignal<string | null>;
}

export function OutputPanel({ training, pointed }: OutputPanelProps) {
  return (
    <>
      <PlanePanel training={training} pointed={pointed} />
      <Scores training={training} />
    </>
  );
}

/** Below it: the whole run, and the insides of layers. */
export function CurvesPanel({ training }: { readonly training: Training }) {
  return (
    <>
      <Curves training={training} />
      <Inside training={training} />
    </>
  );
}
