// Pictures as one reads them: height, width and channels of arrays that may hold them as rows.

import { ArgumentError } from "../../checks/errors.ts";
import { allocate, isFloat } from "../../ir/dtype.ts";
import { showType } from "../../ir/type.ts";
import type { NdArray } from "../../ops/define.ts";

/** The sides of each picture. */
export interface Sides {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * [n, height, width], [n, height, width, channels], or [n, size] of square pictures of one channel.
 * @throws ArgumentError for what holds no pictures
 */
export function sidesOf(where: string, { dtype, shape }: NdArray): Sides {
  const [, height, width = 0, channels = 1] = shape;
  if (shape.length === 3 || shape.length === 4) return { height: height!, width, channels };
  const side = Math.sqrt(height ?? 0);
  if (shape.length === 2 && Number.isInteger(side))
    return { height: side, width: side, channels: 1 };
  throw new ArgumentError(
    `${where}: expected pictures [n, height, width], [n, height, width, channels] or [n, side * side], ` +
      `received ${showType({ dtype, shape })}`,
  );
}

/** Where each place of a new picture is read in the old one: row and column, which may lie between pixels. */
export type Warp = (row: number, column: number) => readonly [row: number, column: number];

/** A picture read at other places, by bilinear interpolation; beyond its edge all is 0. */
export function warpInto(
  out: NdArray["data"],
  from: NdArray["data"],
  { height, width, channels }: Sides,
  start: number,
  warp: Warp,
): void {
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [y, x] = warp(row, column);
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [down, right] = [y - top, x - left];
      for (let c = 0; c < channels; c++) {
        const pixel = (r: number, k: number) =>
          r < 0 || r >= height || k < 0 || k >= width
            ? 0
            : from[start + (r * width + k) * channels + c]!;
        out[start + (row * width + column) * channels + c] =
          (1 - down) * ((1 - right) * pixel(top, left) + right * pixel(top, left + 1)) +
          down * ((1 - right) * pixel(top + 1, left) + right * pixel(top + 1, left + 1));
      }
    }
  }
}

/** Room for pictures that lie between whole numbers: floats stay what they are, bytes become float32. */
export function roomFor({ dtype, shape, data }: NdArray): NdArray {
  const type = isFloat(dtype) ? dtype : "float32";
  return { dtype: type, shape, data: allocate(type, data.length) };
}
