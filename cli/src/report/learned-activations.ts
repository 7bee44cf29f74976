// Activations that are layers, because they learn: shown with parameters as training may find them.

import { fromData, random, reshape, type Tensor } from "neurite";
import { type Activation, type Layer, maxout, type Params, prelu } from "neurite/nn";

/** One unit of a layer as a function of one number. */
function unit(layer: Layer, params: Params): Activation["apply"] {
  const context = { training: false, key: random.key(0) };
  return (x) => {
    const example: Tensor = reshape(x, [1, 1]);
    return reshape(layer.apply({ params, state: {} }, example, context).y, []) as Tensor;
  };
}

const numbers = (...values: number[]) => fromData(Float64Array.from(values), [values.length]);

export const LEARNED: Readonly<Record<string, Activation>> = {
  prelu: {
    name: "prelu",
    config: { alpha: 0.25 },
    formula: "max(0, x) + alpha min(0, x), alpha learned",
    apply: unit(prelu(), { alpha: numbers(0.25) }),
  },
  maxout: {
    name: "maxout",
    config: {},
    formula: "max_k (w_k x + b_k), learned; here -x/2, x/4 + 1/2, x - 1",
    apply: unit(maxout(1, { pieces: 3 }), {
      w: fromData(Float64Array.of(-0.5, 0.25, 1), [1, 3]),
      b: numbers(0, 0.5, -1),
    }),
  },
};
