// What a search varies where nobody says: the learning rate, the minibatch, the sizes of hidden layers.

import { optimizerOf } from "../../nn/optimizers/index.ts";
import type { RunSpec } from "../../spec/runspec.ts";
import type { DimensionSpec } from "./space.ts";

/** A space about the specification as it is. `examples` is how many there are to train on. */
export function defaultSpace(
  spec: RunSpec,
  examples: number,
): Readonly<Record<string, DimensionSpec>> {
  const rate = optimizerOf(spec.optimizer).learningRate;
  const sizes = [8, 16, 32, 64, 128].filter((size) => size <= examples / 4);
  return {
    "optimizer.learningRate": { log: [rate / 30, rate * 10].map((x) => Number(x.toPrecision(2))) },
    ...(sizes.length > 1 && { "training.batchSize": sizes }),
    ...hiddenSizes(spec),
  };
}

/** Of each dense layer but the last: half, as it is, double. */
function hiddenSizes({ model }: RunSpec): Record<string, DimensionSpec> {
  if (!("layers" in model)) return {};
  const dense = model.layers.flatMap(({ kind }, i) => (kind === "dense" ? [i] : []));
  return Object.fromEntries(
    dense.slice(0, -1).flatMap((i) => {
      const units = model.layers[i]!["units"];
      if (typeof units !== "number" || units < 2) return [];
      return [[`model.layers.${i}.units`, [Math.floor(units / 2), units, 2 * units]]];
    }),
  );
}
