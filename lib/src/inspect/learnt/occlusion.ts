// What a prediction hangs on: the probability of a class as a patch is covered, place by place.

import { count, expectOptions, finite, index, type Kinds } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { allocate } from "../../ir/dtype.ts";
import type { NdArray } from "../../ops/define.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import type { Model } from "../../train/model/model.ts";
import { largest, predictionsOf, probabilitiesOf } from "../model/predictions.ts";
import { oneInput } from "./layer-outputs.ts";
import { PICTURE, type PictureShape, pictureShape } from "./picture-shape.ts";

/** The probability of one class, with a square covered at each place. */
export interface OcclusionMap {
  readonly label: number;
  /** With nothing covered. */
  readonly probability: number;
  readonly picture: PictureShape;
  /** Side of the square. */
  readonly size: number;
  readonly stride: number;
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns]: the probability with the square's top left corner at [row * stride, column * stride] */
  readonly values: Float64Array;
  /** Where covering costs most. */
  readonly lowest: { readonly top: number; readonly left: number; readonly probability: number };
}

/** Options of occlusionOf(). */
export interface OcclusionOptions {
  /** The class that is asked for; the one that the example is taken for if not given. */
  readonly label?: number;
  /** Side of the square in pixels; a fifth of the shorter side by default. */
  readonly size?: number;
  /** Pixels from one place to the next; 1 by default. */
  readonly stride?: number;
  /** What covers, as a number of the input; 0 by default. */
  readonly fill?: number;
  readonly picture?: PictureShape;
}

const OPTIONS: Kinds<OcclusionOptions> = {
  label: index,
  size: count,
  stride: count,
  fill: finite,
  picture: PICTURE,
};

/**
 * Covers a square of one picture at every place and asks the model again (Zeiler and Fergus 2014).
 * @param x one example along the first axis
 * @throws ArgumentError (as a rejection) for more examples than one, an unknown class, a square larger than the picture
 * @throws ShapeError (as a rejection) for a model that reads no pictures
 */
export async function occlusionOf(
  model: Model,
  x: RowsOf,
  options: OcclusionOptions = {},
): Promise<OcclusionMap> {
  const where = "occlusionOf";
  expectOptions(where, options, OPTIONS);
  const rows = oneInput(where, model, x);
  if (rows.shape[0] !== 1) {
    throw new ArgumentError(`${where}: expected one example, received ${rows.shape[0]}`);
  }
  const picture = pictureShape(where, rows.shape.slice(1), options.picture);
  const [height, width] = picture;
  const { stride = 1, fill = 0 } = options;
  const size = options.size ?? Math.max(1, Math.round(Math.min(height, width) / 5));
  if (size > Math.min(height, width)) {
    throw new ArgumentError(
      `${where}: expected size to be at most ${Math.min(height, width)}, received ${size}`,
    );
  }
  const shares = probabilitiesOf(await predictionsOf(model, rows), 0);
  const label = options.label ?? largest(shares);
  if (label >= shares.length) {
    throw new ArgumentError(
      `${where}: expected a class from 0 to ${shares.length - 1}, received ${label}`,
    );
  }
  const [down, across] = [height, width].map((side) => Math.floor((side - size) / stride) + 1);
  const values = new Float64Array(down! * across!);
  for (let row = 0; row < down!; row++) {
    const lefts = Array.from({ length: across! }, (_, column) => column * stride);
    const covered = coverings(rows, picture, { top: row * stride, lefts, size, fill });
    const found = await predictionsOf(model, covered);
    lefts.forEach((_, column) => {
      values[row * across! + column] = probabilitiesOf(found, column)[label]!;
    });
  }
  const least = values.indexOf(Math.min(...values.filter((p) => !Number.isNaN(p))));
  return {
    label,
    probability: shares[label]!,
    picture,
    size,
    stride,
    rows: down!,
    columns: across!,
    values,
    lowest: {
      top: Math.floor(least / across!) * stride,
      left: (least % across!) * stride,
      probability: values[least]!,
    },
  };
}

/** Copies of one picture, each with a square covered at another place of one row. */
function coverings(
  { dtype, data, shape }: NdArray,
  [height, width, channels]: PictureShape,
  cover: { top: number; lefts: readonly number[]; size: number; fill: number },
): NdArray {
  const { top, lefts, size, fill } = cover;
  const length = height * width * channels;
  const covered = allocate(dtype, lefts.length * length);
  lefts.forEach((left, copy) => {
    covered.set(data, copy * length);
    for (let y = top; y < top + size; y++) {
      const from = copy * length + (y * width + left) * channels;
      covered.fill(fill, from, from + size * channels);
    }
  });
  return { dtype, shape: [lefts.length, ...shape.slice(1)], data: covered };
}
