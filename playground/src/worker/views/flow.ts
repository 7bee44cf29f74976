// The view `flow`: gradients, saturated and dead units of every layer, over the training examples.

import { type Examples, pickExamples } from "neurite/data";
import { backpropagationOf, normOf, statisticsOf } from "neurite/inspect";
import type { View } from "./view.ts";

/** More of them cost more than a frame has. */
const MOST = 200;

export const flow: View<"flow"> = ({ timeline: { model }, data }) => {
  const { x, y } = spread(data.fitted.train);
  const found = backpropagationOf(model, x, y);
  const statistics = statisticsOf(found);
  const layers = found.layers.flatMap(({ name, gradients }, i) => {
    if (gradients.size === 0) return [];
    const own = [...gradients].map(
      ([parameter, { data: numbers }]) => [parameter, Float32Array.from(numbers)] as const,
    );
    const { flat, dead } = statistics[i]!;
    const norm = Math.hypot(...own.map(([, numbers]) => normOf(numbers)));
    const layer = { name, gradients: Object.fromEntries(own), norm };
    return [{ ...layer, saturated: flat, dead: dead ?? [] }];
  });
  return { examples: found.examples, layers };
};

/** Some rows of many, evenly spread: sets that are sorted by class give all of them. */
function spread(examples: Examples): Examples {
  const count = examples.x.shape[0]!;
  if (count <= MOST) return examples;
  const rows = Array.from({ length: MOST }, (_, i) => Math.floor((i * count) / MOST));
  return pickExamples(examples, rows);
}
