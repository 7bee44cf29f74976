// Principal component analysis: the directions along which points differ most (Pearson 1901).

import { count, expectArgument, index, type Kind, within } from "../../checks/arguments.ts";
import { ArgumentError, NumberError } from "../../checks/errors.ts";

/** Many points of one dimension, row by row. */
export interface PointCloud {
  readonly count: number;
  readonly dimensions: number;
  /** [count, dimensions] */
  readonly values: ArrayLike<number>;
}

export const POINTS: Kind<PointCloud> = {
  says: "points { count, dimensions, values }, as many values as count x dimensions",
  fits: (value) => {
    const points = value as PointCloud | null;
    if (typeof points !== "object" || points === null) return false;
    const { count: n, dimensions, values } = points;
    if (!index.fits(n) || !count.fits(dimensions)) return false;
    return values?.length === n * dimensions;
  },
};

/** One principal direction. */
export interface PrincipalAxis {
  /** Of length 1, its largest component positive. */
  readonly direction: readonly number[];
  readonly variance: number;
  /** Of the whole variance; 0 where there is none. */
  readonly share: number;
}

/** PointCloud seen along their principal directions. */
export interface Projection extends PointCloud {
  readonly mean: readonly number[];
  readonly axes: readonly PrincipalAxis[];
}

/** When a direction has settled: the square of how much a turn changes it. */
const SETTLED = 1e-20;
const MOST_TURNS = 2000;

/**
 * PointCloud projected on their `most` principal directions, the largest variance (divided by n) first.
 * @throws ArgumentError for more directions than dimensions
 * @throws NumberError for points that are not finite
 */
export function principalAxesOf(points: PointCloud, most = 2): Projection {
  const where = "principalAxesOf";
  expectArgument(where, "points", points, POINTS);
  const { count: n, dimensions: d, values } = points;
  if (n === 0) throw new ArgumentError(`${where}: expected at least one point`);
  expectArgument(where, "most", most, within(1, d));
  const mean = new Float64Array(d);
  for (let i = 0; i < values.length; i++) mean[i % d]! += values[i]! / n;
  if (!mean.every(Number.isFinite)) throw new NumberError(`${where}: expected finite points`);
  const covariance = covarianceOf(points, mean);
  let total = 0;
  for (let i = 0; i < d; i++) total += covariance[i * d + i]!;
  const axes: PrincipalAxis[] = [];
  while (axes.length < most) {
    const direction = leading(covariance, d, axes);
    const along = times(covariance, d, direction);
    const variance = Math.max(0, dot(along, direction));
    const share = total > 0 ? variance / total : 0;
    axes.push({ direction: Array.from(direction), variance, share });
  }
  const projected = new Float64Array(n * most);
  for (let row = 0; row < n; row++) {
    axes.forEach(({ direction }, axis) => {
      let along = 0;
      for (let i = 0; i < d; i++) along += (values[row * d + i]! - mean[i]!) * direction[i]!;
      projected[row * most + axis] = along;
    });
  }
  return { count: n, dimensions: most, values: projected, mean: Array.from(mean), axes };
}

/** [d, d] */
function covarianceOf({ count: n, dimensions: d, values }: PointCloud, mean: Float64Array) {
  const covariance = new Float64Array(d * d);
  const centred = new Float64Array(d);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < d; i++) centred[i] = values[row * d + i]! - mean[i]!;
    for (let i = 0; i < d; i++) {
      const scaled = centred[i]! / n;
      if (scaled === 0) continue;
      for (let j = 0; j < d; j++) covariance[i * d + j]! += scaled * centred[j]!;
    }
  }
  return covariance;
}

/** The leading direction among those at right angles to the ones found, by power iteration. */
function leading(covariance: Float64Array, d: number, found: readonly PrincipalAxis[]) {
  let v = startFor(d, found);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const next = unit(without(times(covariance, d, v), found));
    if (next === null) break; // no variance is left
    const change = next.reduce((sum, x, i) => sum + (x - v[i]!) ** 2, 0);
    v = next;
    if (change < SETTLED) break;
  }
  const largest = v.reduce((a, b) => (Math.abs(b) > Math.abs(a) + 1e-12 ? b : a), 0);
  return largest < 0 ? v.map((x) => -x) : v;
}

/** A direction that no symmetry of the points is likely to be at right angles to. */
function startFor(d: number, found: readonly PrincipalAxis[]): Float64Array {
  const start = Float64Array.from({ length: d }, (_, i) => 1 + Math.sin(12.9898 * (i + 1)) / 2);
  const free = unit(without(start, found));
  if (free) return free;
  for (let i = 0; ; i++) {
    const axis = new Float64Array(d);
    axis[i] = 1;
    const other = unit(without(axis, found));
    if (other) return other;
  }
}

function without(v: Float64Array, found: readonly PrincipalAxis[]): Float64Array {
  const rest = v.slice();
  for (const { direction } of found) {
    const along = dot(rest, direction);
    for (let i = 0; i < rest.length; i++) rest[i]! -= along * direction[i]!;
  }
  return rest;
}

function unit(v: Float64Array): Float64Array | null {
  const length = Math.sqrt(dot(v, v));
  return length < 1e-12 ? null : v.map((x) => x / length);
}

function times(matrix: Float64Array, d: number, v: Float64Array): Float64Array {
  return v.map((_, i) => dot(matrix.subarray(i * d, (i + 1) * d), v));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
