// f(product(x, w) + b): what dense layers and convolutions share.

import type { Shape } from "../../ir/shape.ts";
import type { Shape as TypedShape } from "../../ir/shape-types/index.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { add } from "../../tensor/elementwise.ts";
import { foldIn } from "../../tensor/random.ts";
import { type ActivationSpec, activationOf } from "../activations/index.ts";
import { fansOf, type InitializerSpec, initializerOf } from "../initializers/index.ts";
import type { Layer, LayerOptions } from "./layer.ts";

export interface WeightedOptions<I extends TypedShape = any> extends LayerOptions<I> {
  readonly activation?: ActivationSpec;
  /** False leaves the bias out. */
  readonly bias?: boolean;
  /** How the weights start; "glorotUniform" by default. */
  readonly weights?: InitializerSpec;
  /** How the biases start; "zeros" by default. */
  readonly biases?: InitializerSpec;
}

/**
 * Parameters w and b [units], and what a layer does with them.
 * @param shapeOf the shape of w for examples of a shape
 */
export function weighted(
  units: number,
  { activation, bias = true, weights = "glorotUniform", biases = "zeros" }: WeightedOptions,
  shapeOf: (input: Shape) => readonly number[],
  product: (x: Tensor, w: Tensor) => Tensor,
): Pick<Layer, "init" | "apply"> {
  const f = activation === undefined ? null : activationOf(activation);
  const initial = { w: initializerOf(weights), b: initializerOf(biases) };
  return {
    init: (key, input, dtype) => {
      const shape = shapeOf(input);
      const fans = fansOf(shape);
      const w = initial.w.init(foldIn(key, 0), shape, fans, dtype);
      const b = () => initial.b.init(foldIn(key, 1), [units], fans, dtype);
      return { params: bias ? { w, b: b() } : { w }, state: {} };
    },
    apply: ({ params, state }, x) => {
      const { w, b } = params as { w: Tensor; b?: Tensor };
      const sum = product(x, w);
      const z: Tensor = b ? add(sum, b) : sum;
      if (!f) return { y: z, state };
      return { y: f.apply(z), state, logits: { activation: f.name, z } };
    },
  };
}
