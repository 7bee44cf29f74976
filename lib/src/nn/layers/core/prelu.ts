// Parametric ReLU: the slope left of 0 is learnt, one for each channel or for each unit.

import { finite, listOf, whole } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { type Shape, showShape, sizeOf } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { full } from "../../../tensor/create.ts";
import { add, maximum, minimum, mul } from "../../../tensor/elementwise.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf } from "../layer.ts";

/** Options of prelu(). */
export interface PreluOptions extends LayerOptions {
  /** The slope at first; 0.25 by default, as He et al. (2015) start. */
  readonly alpha?: number;
  /**
   * The axes of an example, counted from 0 or backwards from -1, along which a slope is shared: by default all
   * but the last, [] for a slope for each unit. Keras counts the batch too: its shared_axes are one more.
   */
  readonly sharedAxes?: readonly number[];
}

export const PRELU: LayerSignature<PreluOptions> = {
  leading: {},
  options: { alpha: finite, sharedAxes: listOf(whole), ...LAYER },
};

/**
 * max(0, x) + a min(0, x), with a learnt slope a for each element of the last axis, or of all axes that are not
 * shared (He et al. 2015, equation 1). Parameter alpha: [channels], or the shape of an example with 1 for each
 * axis that `sharedAxes` names.
 * @throws ArgumentError for options of another kind
 * @throws ShapeError for shared axes that an example does not have
 */
export function prelu(options: PreluOptions = {}): Layer<Identity> {
  expectSignature("prelu", PRELU, [], options);
  const { alpha = 0.25, sharedAxes } = options;
  const shapes = (input: Shape) => ({
    alpha: sharedAxes ? shared(input, sharedAxes) : [sizeOf(input.slice(-1))],
  });
  return {
    kind: "prelu",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf("prelu", options),
    outputShape: (input) => {
      shapes(input);
      return input;
    },
    weights: [],
    shapes,
    init: (_key, input, dtype) => {
      return { params: { alpha: full(shapes(input).alpha, alpha, dtype) }, state: {} };
    },
    apply: ({ params, state }, input, { watch }) => {
      const x = watch ? watch(input, null) : input;
      const slope = params["alpha"] as Tensor;
      const left: Tensor = mul(slope, minimum(0, x)); // a tie counts as x: at 0 the slope is a
      return { y: add(maximum(x, 0), left), state };
    },
  };
}

function shared(input: Shape, axes: readonly number[]): number[] {
  const places = axes.map((axis) => (axis < 0 ? axis + input.length : axis));
  const outside = axes.find((_, i) => input[places[i]!] === undefined);
  if (outside === undefined) return input.map((n, axis) => (places.includes(axis) ? 1 : n));
  throw new ShapeError(`prelu: there is no axis ${outside} in an example ${showShape(input)}`);
}
