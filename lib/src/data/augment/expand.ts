// More examples out of those that there are: shifted copies, and mixtures.

import {
  count,
  expectArgument,
  expectOptions,
  type Kinds,
  positive,
  whole,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { allocate } from "../../ir/dtype.ts";
import { countExamples, type Examples } from "../dataset.ts";
import { Rng } from "../random.ts";
import { sidesOf } from "./pictures.ts";

/**
 * The examples, then all of them moved up, down, left and right by some pixels, with 0 where nothing was: five
 * times as many. By one pixel Nielsen makes 250,000 of MNIST's 50,000 (chapter 6, expand_mnist.py).
 * @throws ArgumentError for what are no pictures
 */
export function expandShifts(examples: Examples, pixels = 1): Examples {
  const rows = countExamples(examples);
  const { x, y } = examples;
  const { height, width, channels } = sidesOf("expandShifts", x);
  expectArgument("expandShifts", "pixels", pixels, count);
  const size = height * width * channels;
  const moves = [
    [0, 0],
    [-pixels, 0],
    [pixels, 0],
    [0, -pixels],
    [0, pixels],
  ] as const;
  const data = allocate(x.dtype, moves.length * x.data.length);
  moves.forEach(([down, right], copy) => {
    const [from, to] = [Math.max(0, -right), width - Math.max(0, right)];
    if (from >= to) return;
    for (let picture = 0; picture < rows; picture++) {
      for (let row = Math.max(0, down); row < Math.min(height, height + down); row++) {
        const old = picture * size + (row - down) * width * channels;
        const next = (copy * rows + picture) * size + row * width * channels;
        const line = x.data.subarray(old + from * channels, old + to * channels);
        data.set(line, next + (from + right) * channels);
      }
    }
  });
  const targets = allocate(y.dtype, moves.length * y.data.length);
  moves.forEach((_, copy) => {
    targets.set(y.data, copy * y.data.length);
  });
  const times = (shape: readonly number[]) => [moves.length * rows, ...shape.slice(1)];
  return {
    x: { dtype: x.dtype, shape: times(x.shape), data },
    y: { dtype: y.dtype, shape: times(y.shape), data: targets },
  };
}

/** Options of mixup(). */
export interface MixupOptions {
  /** Shares are drawn of Beta(alpha, alpha): near 0 few examples are mixed much; 0.2 by default. */
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
  expectOptions("mixup", options, MIXUP);
  const { alpha = 0.2, seed = 0 } = options;
  const { x } = examples;
  const y = classes === null ? examples.y : oneHotRows(examples.y, classes);
  const rng = new Rng(seed);
  const other = rng.shuffle(Array.from({ length: rows }, (_, row) => row));
  const shares = Array.from({ length: rows }, () => {
    const [a, b] = [gamma(rng, alpha), gamma(rng, alpha)];
    return a + b > 0 ? a / (a + b) : 0.5;
  });
  const mixed = ({ shape, data }: Examples["x"]): Examples["x"] => {
    const size = data.length / rows;
    const out = new Float32Array(data.length);
    for (let at = 0; at < out.length; at++) {
      const row = Math.floor(at / size);
      const share = shares[row]!;
      out[at] = share * data[at]! + (1 - share) * data[other[row]! * size + (at % size)]!;
    }
    return { dtype: "float32", shape, data: out };
  };
  return { x: mixed(x), y: mixed(y) };
}

function oneHotRows({ data }: Examples["y"], classes: number): Examples["y"] {
  expectArgument("mixup", "classes", classes, count);
  const rows = new Float32Array(data.length * classes);
  data.forEach((label: number, row: number) => {
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new ArgumentError(
        `mixup: expected class numbers from 0 to ${classes - 1}, received ${label} for example ${row}`,
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
