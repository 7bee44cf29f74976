// Counts over plain numbers: moments, shares, histograms. What is not finite is left out, and counted.

import {
  count,
  expectArgument,
  expectOptions,
  type Kind,
  type Kinds,
} from "../../checks/arguments.ts";

type Numbers = ArrayLike<number>;

/** Of the numbers that are finite. Of none of them all are 0. */
export interface Moments {
  readonly mean: number;
  /** The root of the mean squared distance from the mean. */
  readonly deviation: number;
  /** The root of the mean square: the usual distance from 0. */
  readonly rms: number;
  /** The largest distance from 0. */
  readonly largest: number;
  /** How many numbers are NaN or infinite. */
  readonly notFinite: number;
}

const NUMBERS: Kind<Numbers> = {
  says: "a list of numbers or a typed array",
  fits: (value) => Array.isArray(value) || ArrayBuffer.isView(value),
};

/** Mean, deviation and size of many numbers. */
export function momentsOf(values: Numbers): Moments {
  expectArgument("momentsOf", "values", values, NUMBERS);
  let [sum, squares, largest, finite] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (!Number.isFinite(x)) continue;
    finite++;
    sum += x;
    squares += x * x;
    largest = Math.max(largest, Math.abs(x));
  }
  const notFinite = values.length - finite;
  if (finite === 0) return { mean: 0, deviation: 0, rms: 0, largest: 0, notFinite };
  const mean = sum / finite;
  const deviation = Math.sqrt(Math.max(0, squares / finite - mean * mean));
  return { mean, deviation, rms: Math.sqrt(squares / finite), largest, notFinite };
}

/** The Euclidean length of a list of numbers. */
export function normOf(values: Numbers): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! * values[i]!;
  return Math.sqrt(squares);
}

/**
 * The angle between a vector and what it was before, in degrees; 0 where one of them is zero.
 * By the part of the change across the old vector: small angles come out exact, which a cosine would round away.
 */
export function angleOf(before: Numbers, after: Numbers): number {
  let [along, old, fresh] = [0, 0, 0];
  for (let i = 0; i < before.length; i++) {
    along += before[i]! * after[i]!;
    old += before[i]! * before[i]!;
    fresh += after[i]! * after[i]!;
  }
  if (old === 0 || fresh === 0) return 0;
  let across = 0;
  for (let i = 0; i < before.length; i++) {
    const part = after[i]! - (before[i]! * along) / old;
    across += part * part;
  }
  return (Math.atan2(Math.sqrt(across), along / Math.sqrt(old)) * 180) / Math.PI;
}

/** How many numbers fall between one edge and the next. */
export interface Histogram {
  /** One more than there are counts, rising. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** How many numbers are NaN or infinite: in no bin. */
  readonly notFinite: number;
}

/** Options of histogramOf(). */
export interface HistogramOptions {
  /** 40 by default. */
  readonly bins?: number;
}

const HISTOGRAM: Kinds<HistogramOptions> = { bins: count };

/** A histogram in bins of one width, from the smallest finite number to the largest. */
export function histogramOf(values: Numbers, options: HistogramOptions = {}): Histogram {
  expectArgument("histogramOf", "values", values, NUMBERS);
  expectOptions("histogramOf", options, HISTOGRAM);
  const { bins = 40 } = options;
  let [low, high, notFinite] = [Infinity, -Infinity, 0];
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (!Number.isFinite(x)) notFinite++;
    else [low, high] = [Math.min(low, x), Math.max(high, x)];
  }
  if (low > high) return { edges: [], counts: [], notFinite };
  // One value alone stands in the middle of its bins.
  const reach = high > low ? high - low : Math.max(1, Math.abs(low)) * 1e-3;
  const start = high > low ? low : low - reach / 2;
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (Number.isFinite(x)) counts[Math.min(bins - 1, Math.floor(((x - start) / reach) * bins))]!++;
  }
  const edges = Array.from({ length: bins + 1 }, (_, i) => start + (reach * i) / bins);
  return { edges, counts, notFinite };
}
