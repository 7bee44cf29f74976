// A support vector machine with a Gaussian kernel for images: one machine for each two digits, and a vote.

import type { Mnist } from "../../shared/mnist.ts";

const PIXELS = 784;
/** C of a soft margin, gamma of exp(-gamma |x - x'|^2), and when to stop: what scikit-learn's SVC had then. */
const C = 1;
const GAMMA = 1 / PIXELS;
const STOP = 1e-3;
/** Kernel rows that are kept: those of support vectors are asked for again and again. */
const KEPT = 1_500;

/** Some images, column by column, with their squared lengths. */
export interface ImageColumns {
  readonly count: number;
  /** [784, count] */
  readonly columns: readonly Float32Array[];
  readonly squares: Float64Array;
}

/** Pixels / 256 of some rows. */
export function imageColumns({ x }: Mnist["train"], rows: ArrayLike<number>): ImageColumns {
  const count = rows.length;
  const columns = Array.from({ length: PIXELS }, () => new Float32Array(count));
  const squares = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const from = rows[i]! * PIXELS;
    for (let p = 0; p < PIXELS; p++) {
      const value = x.data[from + p]! / 256;
      columns[p]![i] = value;
      squares[i]! += value * value;
    }
  }
  return { count, columns, squares };
}

/** The kernel of one image, its pixels from `from` on, with all of some others. */
function kernelRow(pixels: ArrayLike<number>, from: number, images: ImageColumns): Float64Array {
  const row = new Float64Array(images.count);
  let square = 0;
  for (let p = 0; p < PIXELS; p++) {
    const value = pixels[from + p]! / 256;
    if (value === 0) continue; // four pixels of five
    square += value * value;
    const column = images.columns[p]!;
    for (let i = 0; i < row.length; i++) row[i]! += value * column[i]!;
  }
  for (let i = 0; i < row.length; i++) {
    row[i] = Math.exp(-GAMMA * Math.max(0, square + images.squares[i]! - 2 * row[i]!));
  }
  return row;
}

/** A machine for two digits: sum of coefficients[i] K(vectors[i], x) - rho is above 0 for the first. */
export interface PairMachine {
  readonly digits: readonly [number, number];
  /** Rows of the training images. */
  readonly vectors: readonly number[];
  readonly coefficients: readonly number[];
  readonly rho: number;
}

/** The 45 pairs of digits. */
export const DIGIT_PAIRS: readonly (readonly [number, number])[] = Array.from(
  { length: 10 },
  (_, a) => Array.from({ length: 9 - a }, (_, k) => [a, a + k + 1] as const),
).flat();

/**
 * Sequential minimal optimization with second-order choice of the pair to change (Fan, Chen and Lin 2005),
 * as libsvm has it, without shrinking.
 */
export function trainPair(
  train: Mnist["train"],
  count: number,
  [first, second]: readonly [number, number],
): PairMachine {
  const labels = train.y.data;
  const rows: number[] = [];
  for (let row = 0; row < count; row++) {
    if (labels[row] === first || labels[row] === second) rows.push(row);
  }
  const images = imageColumns(train, rows);
  const sign = Float64Array.from(rows, (row) => (labels[row] === first ? 1 : -1));
  const kernel = keptRows((i) => kernelRow(train.x.data, rows[i]! * PIXELS, images));
  const { alpha, rho } = optimise(sign, kernel);
  const vectors = rows.flatMap((_, i) => (alpha[i]! > 0 ? [i] : []));
  return {
    digits: [first, second],
    vectors: vectors.map((i) => rows[i]!),
    coefficients: vectors.map((i) => alpha[i]! * sign[i]!),
    rho,
  };
}

type KernelRows = (i: number) => Float64Array;

/** Keeps the rows asked for last. */
function keptRows(compute: KernelRows): KernelRows {
  const kept = new Map<number, Float64Array>();
  return (i) => {
    const row = kept.get(i) ?? compute(i);
    kept.delete(i);
    kept.set(i, row);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return row;
  };
}

/** Least 1/2 a'Qa - sum a with 0 <= a <= C and sign . a = 0, where Q_ij = sign_i sign_j K_ij and K_ii = 1. */
function optimise(sign: Float64Array, kernel: KernelRows): { alpha: Float64Array; rho: number } {
  const n = sign.length;
  const alpha = new Float64Array(n);
  const gradient = new Float64Array(n).fill(-1);
  const canRise = (t: number) => (sign[t]! > 0 ? alpha[t]! < C : alpha[t]! > 0);
  const canFall = (t: number) => (sign[t]! > 0 ? alpha[t]! > 0 : alpha[t]! < C);
  for (;;) {
    let i = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < n; t++) {
      const violation = -sign[t]! * gradient[t]!;
      if (canRise(t) && violation > most) [i, most] = [t, violation];
    }
    if (i < 0) break;
    const ki = kernel(i);
    let j = -1;
    let least = Number.POSITIVE_INFINITY;
    let best = 0;
    for (let t = 0; t < n; t++) {
      if (!canFall(t)) continue;
      const violation = -sign[t]! * gradient[t]!;
      least = Math.min(least, violation);
      const gap = most - violation;
      if (gap <= 0) continue;
      const gain = gap ** 2 / Math.max(2 - 2 * ki[t]!, 1e-12);
      if (gain > best) [j, best] = [t, gain];
    }
    if (j < 0 || most - least < STOP) break;
    const kj = kernel(j);
    // Along the line on which sign . alpha stays 0.
    let step = (most + sign[j]! * gradient[j]!) / Math.max(2 - 2 * ki[j]!, 1e-12);
    step = Math.min(step, sign[i]! > 0 ? C - alpha[i]! : alpha[i]!);
    step = Math.min(step, sign[j]! > 0 ? alpha[j]! : C - alpha[j]!);
    alpha[i] = clamped(alpha[i]! + sign[i]! * step);
    alpha[j] = clamped(alpha[j]! - sign[j]! * step);
    for (let t = 0; t < n; t++) gradient[t]! += sign[t]! * step * (ki[t]! - kj[t]!);
  }
  return { alpha, rho: offset(sign, alpha, gradient) };
}

/** Rounding must leave no alpha just beside its bound. */
function clamped(alpha: number): number {
  if (alpha < 1e-12) return 0;
  return alpha > C - 1e-12 ? C : alpha;
}

/** The mean of sign * gradient over free vectors; between the bounded ones where none is free. */
function offset(sign: Float64Array, alpha: Float64Array, gradient: Float64Array): number {
  let [sum, free] = [0, 0];
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  alpha.forEach((a, t) => {
    const value = sign[t]! * gradient[t]!;
    if (a > 0 && a < C) {
      sum += value;
      free++;
    } else if ((a === 0) === sign[t]! > 0) high = Math.min(high, value);
    else low = Math.max(low, value);
  });
  return free > 0 ? sum / free : (low + high) / 2;
}

/** How many of the first test images the machines have right by a vote; the lowest digit of equals. */
export function rightByVote(
  { train, test }: Mnist,
  machines: readonly PairMachine[],
  count: number,
): number {
  const used = [...new Set(machines.flatMap(({ vectors }) => vectors))];
  const place = new Map(used.map((row, i) => [row, i]));
  const images = imageColumns(train, used);
  const compact = machines.map(({ digits, vectors, coefficients, rho }) => ({
    digits,
    places: Int32Array.from(vectors, (row) => place.get(row)!),
    coefficients: Float64Array.from(coefficients),
    rho,
  }));
  let right = 0;
  for (let row = 0; row < count; row++) {
    const kernel = kernelRow(test.x.data, row * PIXELS, images);
    const votes = new Array<number>(10).fill(0);
    for (const { digits, places, coefficients, rho } of compact) {
      let value = -rho;
      for (let i = 0; i < places.length; i++) value += coefficients[i]! * kernel[places[i]!]!;
      votes[digits[value > 0 ? 0 : 1]]!++;
    }
    if (votes.indexOf(Math.max(...votes)) === test.y.data[row]) right++;
  }
  return right;
}
