// What a search varies where nobody says: the learning rate, the minibatch, the sizes of hidden layers.

import { optimizerOf } from "../../nn/optimizers/index.ts";
import type { RunSpec } from "../../spec/runspec.ts";
import type { StrategyName } from "./search-spec.ts";
import type { DimensionSpec } from "./space.ts";

/**
 * A space about the specification as it is. Nielsen's way looks for the rate and lambda over all orders of
 * magnitude, and asks for no more than these.
 * @param examples how many there are to train on
 */
export function defaultSpace(
  spec: RunSpec,
  examples: number,
  strategy: StrategyName = "random",
): Readonly<Record<string, DimensionSpec>> {
  if (strategy === "nielsen") {
    return {
      "optimizer.learningRate": { log: [1e-5, 100] },
      "regularizer.lambda": { log: [1e-4, 1e4] },
    };
  }
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
