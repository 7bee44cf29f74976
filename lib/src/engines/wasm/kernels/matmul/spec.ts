// What a matrix product is, and how it is cut into tiles that fit the registers.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { type Shape, sizeOf } from "../../../../ir/shape.ts";
import type { Target } from "../../kernel.ts";
import type { Place } from "../../place.ts";
import { type Accumulated, lanesOf } from "../sums.ts";

/** C[b…, i, j] = sum over k of A[b…, i, k] B[b…, k, j]. Strides are not negative. */
export interface MatmulSpec {
  readonly dtype: Accumulated;
  readonly batch: Shape;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly a: Place;
  readonly b: Place;
  /** The epilogue is a few instructions: it is written beside each accumulator. */
  readonly short?: boolean;
}

/** Neighbouring columns that one unit computes, as vectors, by tiles of so many rows. */
export interface ColumnGroup {
  readonly column: number;
  readonly vectors: number;
  readonly rows: number;
  /** How many such groups stand side by side. */
  readonly count: number;
  /** Valid lanes of the last vector. */
  readonly lastLanes: number;
}

/** Fewer accumulators than this wait for each other's multiply-adds. */
const BUSY = 8;

/**
 * Groups of columns. A tile of P rows and V vectors keeps P V sums, V vectors of B and P numbers of A
 * in registers; all must fit in 15 (one less where a product needs a place before it is added).
 */
export function columnGroups(
  { dtype, m, n }: Pick<MatmulSpec, "dtype" | "m" | "n">,
  target: Target,
): ColumnGroup[] {
  const lanes = lanesOf(dtype);
  const total = Math.ceil(n / lanes);
  const room = target.relaxed && dtype === "float32" ? 15 : 14;
  const rowsFor = (vectors: number) => {
    let best = { rows: 1, cost: Infinity };
    for (let rows = 1; rows * vectors + rows + vectors <= room; rows++) {
      const cost =
        Math.floor(m / rows) * Math.max(BUSY, rows * vectors) +
        (m % rows > 0 ? Math.max(BUSY, (m % rows) * vectors) : 0);
      // Of equals the taller: B is read less often.
      if (cost <= best.cost) best = { rows, cost };
    }
    return best;
  };
  let best: { vectors: number; cost: number } = { vectors: 1, cost: Infinity };
  for (const vectors of [1, 3, 4, 2]) {
    const rest = total % vectors;
    const cost =
      Math.floor(total / vectors) * rowsFor(vectors).cost + (rest > 0 ? rowsFor(rest).cost : 0);
    if (vectors <= total && cost <= best.cost) best = { vectors, cost };
  }
  const { vectors } = best;
  const count = Math.floor(total / vectors);
  const rest = total % vectors;
  const last = n - (total - 1) * lanes;
  const groups: ColumnGroup[] = [];
  const whole = rest === 0 && last < lanes ? count - 1 : count;
  const group = (column: number, size: number, times: number, lastLanes: number) => {
    if (times === 0) return;
    groups.push({ column, vectors: size, rows: rowsFor(size).rows, count: times, lastLanes });
  };
  group(0, vectors, whole, lanes);
  if (whole < count) group(whole * vectors * lanes, vectors, 1, last);
  if (rest > 0) group(count * vectors * lanes, rest, 1, last);
  return groups;
}

/** From this many rows on, reading B from a panel pays for making it. */
const ROWS_TO_PACK = 32;
/** The most k that a panel holds: 16 columns of it are half of a first-level cache. */
const MOST_DEPTH = 512;

/** Rows so far apart fall into the same few sets of a first-level cache, and drive each other out. */
const ALIASING = 2048;
const ROWS_TO_PACK_ALIASING = 12;
const DEPTH_TO_PACK_ALIASING = 64;

export function isPacked({ dtype, m, k, n, b }: MatmulSpec): boolean {
  const [strideK, strideN] = b.strides.slice(-2) as [number, number];
  if ((strideN !== 1 && n !== 1) || m >= ROWS_TO_PACK) return true;
  const aliases = (strideK * bytesPerElement(dtype)) % ALIASING === 0;
  return aliases && k >= DEPTH_TO_PACK_ALIASING && m >= ROWS_TO_PACK_ALIASING;
}

/** The k of one pass; products deeper than a panel go on from what they have. */
export function depthOf({ k }: MatmulSpec): number {
  const passes = Math.ceil(k / (MOST_DEPTH * 1.6));
  return Math.max(1, Math.ceil(k / Math.max(1, passes)));
}

/** Panels of one block stay in a second-level cache. */
const BLOCK_BYTES = 2 ** 17;
const MOST_GROUPS = 8;

/** How many neighbouring groups make one unit. */
export function blockOf(spec: MatmulSpec, { vectors, count }: ColumnGroup): number {
  if (!isPacked(spec)) return 1;
  const panel = depthOf(spec) * vectors * 16;
  return Math.max(1, Math.min(MOST_GROUPS, count, Math.floor(BLOCK_BYTES / panel)));
}

/** Shorter strips, or strips for fewer columns, cost more than they save. */
const STRIP_DEPTH = 32;
const STRIP_COLUMNS = 32;

/** True where A is transposed: the rows of a tile are then gathered once for all panels of a block. */
export function hasStrips(spec: MatmulSpec): boolean {
  const [strideM, strideK] = spec.a.strides.slice(-2) as [number, number];
  return (
    isPacked(spec) &&
    strideM === 1 &&
    strideK !== 1 &&
    spec.k >= STRIP_DEPTH &&
    spec.n >= STRIP_COLUMNS
  );
}

/** Units of one product. */
export function unitsOf(spec: MatmulSpec, groups: readonly ColumnGroup[]): number {
  return groups.reduce((sum, group) => sum + Math.ceil(group.count / blockOf(spec, group)), 0);
}

export function matmulUnits(spec: MatmulSpec, target: Target): number {
  if (spec.m === 0 || spec.n === 0) return 0;
  return sizeOf(spec.batch) * unitsOf(spec, columnGroups(spec, target));
}

export function matmulWork({ batch, m, k, n }: MatmulSpec): number {
  return sizeOf(batch) * m * n * Math.max(1, k);
}
