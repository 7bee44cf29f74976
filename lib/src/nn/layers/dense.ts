// The fully connected layer: y = f(x W + b).

import { ArgumentError, ShapeError } from "../../ir/errors.ts";
import { showShape } from "../../ir/shape.ts";
import type { Dense, Shape } from "../../ir/shape-types/index.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { add } from "../../tensor/elementwise.ts";
import { matmul } from "../../tensor/linear.ts";
import { foldIn } from "../../tensor/random.ts";
import { type ActivationSpec, activationOf } from "../activations/index.ts";
import { type InitializerSpec, initializerOf } from "../initializers/index.ts";
import { type Layer, type LayerOptions, specOf } from "./layer.ts";

export interface DenseOptions<I extends Shape> extends LayerOptions<I> {
  readonly activation?: ActivationSpec;
  /** False leaves the bias out. */
  readonly bias?: boolean;
  /** How the weights start; "glorotUniform" by default. */
  readonly weights?: InitializerSpec;
  /** How the biases start; "zeros" by default. */
  readonly biases?: InitializerSpec;
}

/**
 * [..., in] to [..., units]. Parameters w [in, units] and b [units].
 * @throws ArgumentError unless units is a whole number above 0
 */
export function dense<const N extends number, const I extends Shape = any>(
  units: N,
  options: DenseOptions<I> = {},
): Layer<Dense<N>, number extends I["length"] ? any : [...I]> {
  const { activation, bias = true, weights = "glorotUniform", biases = "zeros" } = options;
  if (!(Number.isInteger(units) && units > 0)) {
    throw new ArgumentError(`dense: expected a whole number of units above 0, received ${units}`);
  }
  const f = activation === undefined ? null : activationOf(activation);
  const initial = { w: initializerOf(weights), b: initializerOf(biases) };
  return {
    kind: "dense",
    name: options.name,
    inputShape: options.inputShape as never,
    spec: specOf("dense", { units, ...options }),
    outputShape: (input) => {
      if (input.length === 0) {
        throw new ShapeError(`dense: expected at least one axis, received ${showShape(input)}`);
      }
      return [...input.slice(0, -1), units];
    },
    init: (key, input, dtype) => {
      const fans = { fanIn: input.at(-1)!, fanOut: units };
      const w = initial.w.init(foldIn(key, 0), [fans.fanIn, units], fans, dtype);
      const b = () => initial.b.init(foldIn(key, 1), [units], fans, dtype);
      return { params: bias ? { w, b: b() } : { w }, state: {} };
    },
    apply: ({ params, state }, x) => {
      const { w, b } = params as { w: Tensor; b?: Tensor };
      const product: Tensor = matmul(x, w);
      const z: Tensor = b ? add(product, b) : product;
      if (!f) return { y: z, state };
      return { y: f.apply(z), state, logits: { activation: f.name, z } };
    },
  };
}
