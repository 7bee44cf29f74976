// f(product(x, w) + b): what dense layers and convolutions share.

import { flag, type Kinds } from "../../../checks/arguments.ts";
import { ArgumentError } from "../../../checks/errors.ts";
import type { Shape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Shape as TypedShape } from "../../../shapes/index.ts";
import { add } from "../../../tensor/elementwise.ts";
import { foldIn } from "../../../tensor/random.ts";
import { type Activation, type ActivationSpec, activationOf } from "../../activations/index.ts";
import { fansOf, type InitializerSpec, initializerOf } from "../../initializers/index.ts";
import { nameOption } from "../arguments.ts";
import type { Layer, LayerContext, LayerOptions, Params } from "../layer.ts";

export interface WeightedOptions<I extends TypedShape = any> extends LayerOptions<I> {
  /** "maxout", or { name: "maxout", pieces: 3 }, gives each output so many rows of weights: 2 by default. */
  readonly activation?: ActivationSpec;
  /** False leaves the bias out. */
  readonly bias?: boolean;
  /** How the weights start; "glorotUniform" by default. */
  readonly weights?: InitializerSpec;
  /** How the biases start; "zeros" by default. */
  readonly biases?: InitializerSpec;
}

/** Without those that every layer has. */
export const WEIGHTED: Kinds<Omit<WeightedOptions, keyof LayerOptions>> = {
  activation: nameOption,
  bias: flag,
  weights: nameOption,
  biases: nameOption,
};

const LINEAR = activationOf("linear");

/**
 * Parameters w and b [units], and what a layer does with them.
 * @param units how many, or how many for examples of a shape
 * @param shapeOf the shape of w for examples of a shape, with one piece for each unit
 * @param outputAxis the axis of w that counts units, from the last
 */
export function weighted(
  units: number | ((input: Shape) => number),
  { activation, bias = true, weights = "glorotUniform", biases = "zeros" }: WeightedOptions,
  shapeOf: (input: Shape) => readonly number[],
  product: (x: Tensor, w: Tensor, context: LayerContext, params: Params) => Tensor,
  outputAxis = -1,
): Pick<Layer, "weights" | "shapes" | "init" | "apply"> {
  const f = activation === undefined ? null : activationOf(activation);
  const initial = { w: initializerOf(weights), b: initializerOf(biases) };
  const pieces = f?.pieces ?? 1;
  const widthOf = (input: Shape) => pieces * (typeof units === "number" ? units : units(input));
  const wide = (shape: readonly number[]) =>
    pieces === 1 ? shape : shape.with(outputAxis, shape.at(outputAxis)! * pieces);
  if (f && typeof units === "number") expectSpread(f, [units]);
  return {
    weights: ["w"],
    shapes: (input) => ({ w: wide(shapeOf(input)), ...(bias && { b: [widthOf(input)] }) }),
    init: (key, input, dtype) => {
      const shape = wide(shapeOf(input));
      const fans = fansOf(shape);
      const w = initial.w.init(foldIn(key, 0), shape, fans, dtype);
      const b = () => initial.b.init(foldIn(key, 1), [widthOf(input)], fans, dtype);
      return { params: bias ? { w, b: b() } : { w }, state: {} };
    },
    apply: ({ params, state }, x, context) => {
      const { watch } = context;
      const { w, b } = params as { w: Tensor; b?: Tensor };
      const sum = product(x, w, context, params);
      const net = b ? add(sum, b) : sum;
      const z = watch ? watch(net, pieces > 1 ? null : (f ?? LINEAR)) : net;
      if (!f) return { y: z, state, logits: { activation: "linear", z } };
      if (pieces > 1) return { y: f.apply(z), state };
      return { y: f.apply(z), state, logits: { activation: f.name, z } };
    },
  };
}

/**
 * What is spread over the units is the same for one alone, whatever goes in: nothing can be learnt.
 * @throws ArgumentError for softmax and its kind over a single unit
 */
export function expectSpread({ name, axisWise, pieces }: Activation, shape: Shape): void {
  if (!axisWise || pieces || shape.at(-1) !== 1) return;
  throw new ArgumentError(
    `${name} over one unit gives the same whatever goes in, so that nothing can be learnt: ` +
      'take "sigmoid" for a probability, or two units',
  );
}

/**
 * The activation of a layer that has one net input for each output.
 * @throws ArgumentError for maxout, which takes several, and as activationOf
 */
export function singleActivation(kind: string, spec: ActivationSpec): Activation {
  const f = activationOf(spec);
  if (!f.pieces) return f;
  throw new ArgumentError(
    `${kind}: ${f.name} takes several net inputs for each output, and this layer has one: ` +
      `name it in dense(), a convolution, gcn() or graphSage()`,
  );
}
