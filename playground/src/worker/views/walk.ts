// The view `walk`: the example that one stands at inside of a step, by the four equations.

import { pickExamples } from "neurite/data";
import { equationsOf } from "neurite/inspect";
import { walkOps } from "../../state/index.ts";
import type { View } from "./view.ts";

export const walk: View<"walk"> = async ({ timeline, data }, _, inside) => {
  if (inside === null) return { walk: null };
  const rows = timeline.nextRows();
  const row = rows[inside.example]!;
  const { x, y } = pickExamples(data.fitted.train, [row]);
  const layers = equationsOf(timeline.model, x, y);
  const { loss } = await timeline.model.evaluate(x, y);
  return {
    walk: {
      row,
      examples: rows.length,
      x: Array.from(x.data),
      y: Array.from(y.data),
      loss,
      ops: walkOps(layers.length),
      layers: layers.map(({ name, z, a, delta, dw }) => ({
        name,
        z: Array.from(z.data),
        a: Array.from(a.data),
        delta: Array.from(delta.data),
        dw: Array.from(dw.data),
      })),
    },
  };
};
