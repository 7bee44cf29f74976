// Examples out of two others each: both faded into each other, or a box of one in the other.

import {
  count,
  expectArgument,
  expectOptions,
  type Kinds,
  positive,
  whole,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { countExamples, type Examples } from "../dataset.ts";
import { Rng } from "../random.ts";
import { sidesOf } from "./pictures.ts";

/** Options of mixup() and cutmix(). */
export interface MixupOptions {
  /**
   * Shares are drawn of Beta(alpha, alpha): near 0 few examples are mixed much, at 1 all shares are as likely. By
   * default 0.2 for mixup() and 1 for cutmix(), as in their papers.
   */
  readonly alpha?: number;
  readonly seed?: number;
}

const MIXUP: Kinds<MixupOptions> = { alpha: positive, seed: whole };

/**
 * Each example mixed with another: x = s x_i + (1 - s) x_j, and its target alike (Zhang et al. 2018). Class numbers
 * become rows of shares, for categoricalCrossentropy.
 * @param classes how many classes there are; null where targets are values
 * @returns x and y as float32
 */
export function mixup(
  examples: Examples,
  classes: number | null,
  options: MixupOptions = {},
): Examples {
  const rows = countExamples(examples);
  const { rng, other, targets } = drawn("mixup", examples, classes, options);
  const shares = Array.from({ length: rows }, () => beta(rng, options.alpha ?? 0.2));
  const mixed = (array: Examples["x"]) => mixedRows(array, other, shares);
  return { x: mixed(examples.x), y: mixed(targets) };
}

/**
 * Pictures with a box of another in the same place, and the target by the area that is left: s of its own and
 * 1 - s of the other (Yun et al. 2019). The sides of the box are sqrt(1 - share) of the picture's, its middle is
 * anywhere, and what hangs over an edge is cut off. Class numbers become rows of shares, as by mixup().
 * @param classes how many classes there are; null where targets are values
 * @returns x and y as float32
 * @throws ArgumentError for what are no pictures, and labels of no class
 */
export function cutmix(
  examples: Examples,
  classes: number | null,
  options: MixupOptions = {},
): Examples {
  const rows = countExamples(examples);
  const { height, width, channels } = sidesOf("cutmix", examples.x);
  const { rng, other, targets } = drawn("cutmix", examples, classes, options);
  const size = height * width * channels;
  const data = Float32Array.from(examples.x.data);
  const shares = other.map((from, row) => {
    const side = Math.sqrt(1 - beta(rng, options.alpha ?? 1));
    const within = (length: number) => {
      const [middle, half] = [Math.floor(rng.uniform(0, length)), Math.floor((side * length) / 2)];
      const end = middle - half + Math.round(side * length);
      return [Math.max(0, middle - half), Math.min(length, end)] as const;
    };
    const [[top, bottom], [left, right]] = [within(height), within(width)];
    for (let y = top; y < bottom; y++) {
      const at = (picture: number, x: number) => picture * size + (y * width + x) * channels;
      const line = examples.x.data.subarray(at(from, left), at(from, right));
      data.set(line as Float32Array, at(row, left));
    }
    return 1 - ((bottom - top) * (right - left)) / (height * width);
  });
  if (rows === 0) return { x: examples.x, y: targets };
  const x = { dtype: "float32", shape: examples.x.shape, data } as const;
  return { x, y: mixedRows(targets, other, shares) };
}

/** What is drawn for both: with whom each example is mixed, and its targets as numbers that can be mixed. */
function drawn(
  where: string,
  { x, y }: Examples,
  classes: number | null,
  options: MixupOptions,
): { rng: Rng; other: number[]; targets: Examples["y"] } {
  expectOptions(where, options, MIXUP);
  const rng = new Rng(options.seed ?? 0);
  const other = rng.shuffle(Array.from({ length: x.shape[0] ?? 0 }, (_, row) => row));
  return { rng, other, targets: classes === null ? y : oneHotRows(where, y, classes) };
}

/** share of each row, and the rest of another, as float32. */
function mixedRows(
  { shape, data }: Examples["x"],
  other: readonly number[],
  shares: readonly number[],
): Examples["x"] {
  const size = data.length / other.length;
  const out = new Float32Array(data.length);
  for (let at = 0; at < out.length; at++) {
    const row = Math.floor(at / size);
    const share = shares[row]!;
    out[at] = share * data[at]! + (1 - share) * data[other[row]! * size + (at % size)]!;
  }
  return { dtype: "float32", shape, data: out };
}

/** A number of Beta(alpha, alpha). */
function beta(rng: Rng, alpha: number): number {
  const [a, b] = [gamma(rng, alpha), gamma(rng, alpha)];
  return a + b > 0 ? a / (a + b) : 0.5;
}

function oneHotRows(where: string, { data }: Examples["y"], classes: number): Examples["y"] {
  expectArgument(where, "classes", classes, count);
  const rows = new Float32Array(data.length * classes);
  data.forEach((label: number, row: number) => {
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new ArgumentError(
        `${where}: expected class numbers from 0 to ${classes - 1}, received ${label} for example ${row}`,
      );
    }
    rows[row * classes + label] = 1;
  });
  return { dtype: "float32", shape: [data.length, classes], data: rows };
}

/** Marsaglia and Tsang 2000; below 1 by a power of a uniform number. */
function gamma(rng: Rng, shape: number): number {
  if (shape < 1) return gamma(rng, shape + 1) * rng.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = rng.normal();
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v <= 0) continue;
    if (Math.log(rng.uniform()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
