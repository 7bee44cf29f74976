// Group normalisation (Wu and He 2018): groups of channels, each over the whole example.

import { count } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import type { Identity } from "../../../shapes/index.ts";
import { reshape } from "../../../tensor/movement.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, specOf } from "../layer.ts";
import {
  affine,
  EPSILON,
  momentsAlong,
  NORMALIZATION,
  type NormalizationOptions,
  standardized,
} from "./normalize.ts";

export const GROUP_NORMALIZATION: LayerSignature<NormalizationOptions> = {
  leading: { groups: count },
  options: { ...NORMALIZATION, ...LAYER },
};

/**
 * scale (x - mean) / sqrt(variance + epsilon) + offset, mean and variance over all axes of an example
 * and over the channels of a group, as Keras's GroupNormalization. With one group for each channel it is
 * instance normalisation. Parameters scale and offset [channels], which a regularizer leaves alone.
 * @param groups how many, each of neighbouring channels
 * @throws ArgumentError unless groups is a whole number above 0, or for an epsilon that is not above 0
 * @throws ShapeError for channels that cannot be shared out evenly
 */
export function groupNormalization(
  groups: number,
  options: NormalizationOptions = {},
): Layer<Identity> {
  expectSignature("groupNormalization", GROUP_NORMALIZATION, [groups], options);
  const { epsilon = EPSILON } = options;
  const { apply, outputShape, ...rest } = affine("groupNormalization", options);
  return {
    kind: "groupNormalization",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf("groupNormalization", { groups, ...options }),
    ...rest,
    outputShape: (input) => expectShare(groups, outputShape(input)),
    apply: ({ params, state }, x) => {
      const shape = x.type.shape;
      const grouped = reshape(x, [...shape.slice(0, -1), groups, shape.at(-1)! / groups]);
      // all but the batch and the groups
      const axes = grouped.type.shape
        .map((_, axis) => axis)
        .filter((a) => a > 0 && a !== x.rank - 1);
      const y = reshape(standardized(grouped, momentsAlong(grouped, axes), epsilon), shape);
      return { y: apply(params, y), state };
    },
  };
}

function expectShare(groups: number, input: Shape): Shape {
  if (input.at(-1)! % groups === 0) return input;
  throw new ShapeError(
    `groupNormalization: ${groups} groups cannot share the ${input.at(-1)} channels of an example ` +
      `${showShape(input)} evenly`,
  );
}
