// The view `example`: everything that one example gives on its way through a chain of dense layers, and back.

import { ArgumentError } from "neurite";
import { type Examples, pickExamples } from "neurite/data";
import { equationsOf } from "neurite/inspect";
import type { WalkedExample } from "../../protocol/index.ts";
import { walkOps } from "../../state/walk.ts";
import type { LiveRun } from "../run/live-run.ts";
import type { View } from "./view.ts";

export const example: View<"example"> = async (live, { part, row }) => {
  const examples = live.data.fitted[part];
  if (row < 0 || row >= examples.x.shape[0]!) return { example: null };
  try {
    return { example: await walkedExample(live, examples, row, 1) };
  } catch (error) {
    // The equations are written for chains of dense layers alone.
    if (error instanceof ArgumentError) return { example: null };
    throw error;
  }
};

/** z, a, the error terms and the gradients of one example. @param many how many the step takes */
export async function walkedExample(
  { timeline }: LiveRun,
  examples: Examples,
  row: number,
  many: number,
): Promise<WalkedExample> {
  const { x, y } = pickExamples(examples, [row]);
  const layers = equationsOf(timeline.model, x, y);
  const { loss } = await timeline.model.evaluate(x, y);
  return {
    row,
    examples: many,
    x: Array.from(x.data),
    y: Array.from(y.data),
    loss,
    ops: walkOps(layers.length),
    layers: layers.map(({ name, z, a, slope, delta, dw }) => ({
      name,
      z: Array.from(z.data),
      a: Array.from(a.data),
      slope: slope && Array.from(slope.data),
      delta: Array.from(delta.data),
      dw: Array.from(dw.data),
    })),
  };
}
