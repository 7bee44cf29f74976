// The weights of the first layer as pictures: what each of its units looks for in an input.

import { expectArgument, expectOptions, type Kinds } from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import { showShape, sizeOf } from "../../ir/shape.ts";
import type { Model } from "../../train/model/model.ts";
import { MODEL } from "./layer-outputs.ts";
import { PICTURE, type PictureShape, pictureShape } from "./picture-shape.ts";

/** The weights of a dense layer that reads pictures, one picture a unit. */
export interface WeightPictures {
  readonly layer: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly units: number;
  /** [height, width, channels, units] */
  readonly values: ArrayLike<number>;
  /** Of every unit, the largest size of a weight; NaN and infinities left out. */
  readonly strongest: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Options of weightPicturesOf(). */
export interface WeightPicturesOptions {
  /** [height, width, channels] of an input; its own shape by default, or a square of one channel. */
  readonly picture?: PictureShape;
}

const OPTIONS: Kinds<WeightPicturesOptions> = { picture: PICTURE };

/**
 * The weights of the first layer with weights, if it is a dense one that reads the whole input.
 * @throws ShapeError for a model that reads no pictures, or whose first layer with weights is another
 * (the filters of a convolution are those of `filtersOf`)
 */
export function weightPicturesOf(
  model: Model,
  options: WeightPicturesOptions = {},
): WeightPictures {
  const where = "weightPicturesOf";
  expectArgument(where, "model", model, MODEL);
  expectOptions(where, options, OPTIONS);
  const input = model.network.inputShapes[0]!;
  const found = [...model.instance.params.variables].find(([path]) => path.endsWith("/w"));
  const shape = found?.[1].type.shape ?? [];
  if (!found || shape.length !== 2 || shape[0] !== sizeOf(input)) {
    const received = found
      ? `"${found[0].split("/")[0]}" with weights ${showShape(shape)}`
      : "none";
    throw new ShapeError(
      `${where}: expected the first layer with weights to be a dense one that reads the whole input ` +
        `${showShape(input)}, received ${received}`,
    );
  }
  const [height, width, channels] = pictureShape(where, input, options.picture);
  const [path, { data }] = found;
  const units = shape[1]!;
  const strongest = new Array<number>(units).fill(0);
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    const weight = data[i]!;
    if (!Number.isFinite(weight)) continue;
    low = Math.min(low, weight);
    high = Math.max(high, weight);
    strongest[i % units] = Math.max(strongest[i % units]!, Math.abs(weight));
  }
  const layer = path.split("/")[0]!;
  return { layer, height, width, channels, units, values: data, strongest, low, high };
}
