// Maxout (Goodfellow et al. 2013): the largest of several linear functions of the input.

import { count } from "../../../checks/arguments.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { reshape } from "../../../tensor/movement.ts";
import { max } from "../../../tensor/reduce.ts";
import { expectSignature, type LayerSignature } from "../arguments.ts";
import { type Layer, specOf } from "../layer.ts";
import { DENSE, type Dense, type DenseOptions, dense } from "./dense.ts";

/** Options of maxout(). */
export interface MaxoutOptions extends Omit<DenseOptions<any>, "activation"> {
  /** How many linear pieces each unit has; 2 by default. */
  readonly pieces?: number;
}

const { activation: _, ...OPTIONS } = DENSE.options;
export const MAXOUT: LayerSignature<MaxoutOptions> = {
  leading: DENSE.leading,
  options: { ...OPTIONS, pieces: count },
};

/**
 * [..., in] to [..., units]: each unit is the maximum over its pieces of x w + b (Goodfellow et al. 2013). Parameters w
 * [in, pieces units] and b [pieces units].
 */
export function maxout<const N extends number>(
  units: N,
  options: MaxoutOptions = {},
): Layer<Dense<N>> {
  expectSignature("maxout", MAXOUT, [units], options);
  const { pieces = 2, ...rest } = options;
  const linear = dense(units * pieces, rest);
  const { fn: _, ...layer } = linear;
  return {
    ...layer,
    kind: "maxout",
    spec: specOf("maxout", { units, ...options }),
    outputShape: (input) => [...linear.outputShape(input).slice(0, -1), units],
    apply: (variables, x, context) => {
      const { watch } = context;
      const own = watch ? { ...context, watch: (z: Tensor) => watch(z, null) } : context;
      const { y, state } = linear.apply(variables, x, own);
      const split = reshape(y, [...y.type.shape.slice(0, -1), units, pieces]);
      return { y: max(split, -1), state };
    },
  };
}
