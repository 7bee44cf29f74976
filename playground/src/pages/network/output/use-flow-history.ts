// The lengths of gradients of all frames that were seen, in the order of steps.

import { useRef } from "preact/hooks";
import { useFrames } from "../../../app/index.ts";
import type { Frames } from "../../../client/index.ts";
import type { Frame } from "../../../protocol/index.ts";

export interface FlowRow {
  readonly step: number;
  readonly epoch: number;
  /** By layer. */
  readonly norms: Readonly<Record<string, number>>;
}

export function useFlowHistory(frames: Frames): { readonly current: readonly FlowRow[] } {
  const rows = useRef<readonly FlowRow[]>([]);
  const info = useRef(frames.info.peek());
  useFrames(frames, () => {
    if (frames.info.peek() !== info.current) {
      info.current = frames.info.peek();
      // What keeps its weights goes on in the same run.
      if (frames.history.length === 0) rows.current = [];
    }
    if (frames.current) rows.current = withFrame(rows.current, frames.current);
  });
  return rows;
}

/** The rows with those of a frame; what another training has replaced is gone. */
export function withFrame(rows: readonly FlowRow[], frame: Frame): readonly FlowRow[] {
  const view = frame.views["flow"];
  if (view?.view !== "flow") return rows;
  const { step, epoch, furthest } = frame;
  const norms = Object.fromEntries(view.layers.map(({ name, norm }) => [name, norm]));
  const row = { step, epoch, norms };
  const isReplaced = furthest < (rows.at(-1)?.step ?? -1);
  const kept = isReplaced ? rows.filter((one) => one.step < step) : rows;
  const last = kept.at(-1);
  if (!last || step > last.step) return [...kept, row];
  // A weight that was set by hand gives the last step another gradient.
  if (step === last.step) return [...kept.slice(0, -1), row];
  if (kept.some((one) => one.step === step)) return kept;
  return [...kept, row].sort((a, b) => a.step - b.step);
}
