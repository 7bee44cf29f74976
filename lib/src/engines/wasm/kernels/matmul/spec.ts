// What a matrix product is, and how it is cut into tiles that fit the registers.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { type Shape, sizeOf } from "../../../../ir/shape.ts";
import type { ArrayPlace, Strided } from "../../memory/place.ts";
import type { KeptBlock } from "../../memory/storage.ts";
import type { CompileTarget } from "../kernel.ts";
import { type ColumnBlock, columnBlocks } from "../tile/columns.ts";
import type { Accumulated } from "../tile/sums.ts";

/** C[b…, i, j] = sum over k of A[b…, i, k] B[b…, k, j]. Strides are not negative. */
export interface MatmulSpec {
  readonly dtype: Accumulated;
  readonly batch: Shape;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly a: Strided;
  readonly b: Strided;
  /** The epilogue is a few instructions: it is written beside each accumulator. */
  readonly short?: boolean;
  /** Several arrays as large as the product are read or written behind its sums, as by an optimizer with moments. */
  readonly isFollowed?: boolean;
  /** Where all panels of B stay from run to run. */
  readonly kept?: KeptBlock | undefined;
  /** All panels of B are made before the loop that the product is in, and stay as long as it runs. */
  readonly isReady?: boolean;
}

/** A product whose factors have places. */
export interface PlacedMatmul extends MatmulSpec {
  readonly a: ArrayPlace;
  readonly b: ArrayPlace;
  /** Where its panels are, if they stay. */
  readonly panels: number | null;
}

/** From this many rows on, reading B from a panel pays for making it. */
const ROWS_TO_PACK = 32;
/** The most k that a panel holds: 16 columns of it, or 8, are half of a first-level cache. */
const MOST_DEPTH = 512;
const MOST_DEPTH_PAIRED = 320;

/** Rows so far apart fall into the same few sets of a first-level cache, and drive each other out. */
const ALIASING = 2048;
const ROWS_TO_PACK_ALIASING = 12;
const DEPTH_TO_PACK_ALIASING = 64;

export function isPacked(spec: MatmulSpec): boolean {
  const { m, k } = spec;
  if (staysPacked(spec) || isTurned(spec) || m >= ROWS_TO_PACK) return true;
  return isAliasing(spec) && k >= DEPTH_TO_PACK_ALIASING && m >= ROWS_TO_PACK_ALIASING;
}

/** Panels of B are not made anew whenever the product is computed. */
export const staysPacked = ({ kept, isReady }: MatmulSpec): boolean => !!kept || !!isReady;

/** Neighbouring columns of B are no neighbours in memory. */
export const isTurned = ({ n, b }: MatmulSpec): boolean => b.strides.at(-1) !== 1 && n !== 1;

/** Rows of B are so far apart that they drive each other out of a first-level cache. */
export function isAliasing({ dtype, b }: MatmulSpec): boolean {
  return (b.strides.at(-2)! * bytesPerElement(dtype)) % ALIASING === 0;
}

/** The k of one pass; products deeper than a panel go on from what they have. */
export function depthOf({ k }: MatmulSpec, { tiles }: CompileTarget): number {
  const most = tiles.paired ? MOST_DEPTH_PAIRED : MOST_DEPTH;
  const passes = Math.ceil(k / (most * 1.6));
  return Math.max(1, Math.ceil(k / Math.max(1, passes)));
}

/** Panels that are made together stay in a second-level cache. */
const GROUP_BYTES = 2 ** 17;
const MOST_PANELS = 8;
/** Where rows go over them, as many as can be: so much of a row is then read and written in order. */
const ROW_GROUP_BYTES = 2 ** 18;
const MOST_ROW_PANELS = 32;

/** Of how many neighbouring blocks of columns panels are made at a time. */
export function groupOf(
  spec: MatmulSpec,
  { vectors, count }: ColumnBlock,
  target: CompileTarget,
): number {
  if (!isPacked(spec)) return 1;
  const panel = depthOf(spec, target) * vectors * 16;
  const [most, bytes] = goesAlongRows(spec)
    ? [MOST_ROW_PANELS, ROW_GROUP_BYTES]
    : [MOST_PANELS, GROUP_BYTES];
  return Math.max(1, Math.min(most, count, Math.floor(bytes / panel)));
}

/** Sums that wait for more products stay in a second-level cache. */
const WAITING_BYTES = 2 ** 18;

/** How many neighbouring blocks of columns are computed together, at most: their strips are made once. */
export function spanOf(spec: MatmulSpec, columns: ColumnBlock, target: CompileTarget): number {
  if (!isPacked(spec)) return 1;
  if (!hasStrips(spec)) return groupOf(spec, columns, target);
  if (depthOf(spec, target) >= spec.k) return columns.count;
  const most = Math.floor(WAITING_BYTES / (spec.m * columns.vectors * 16));
  return Math.min(columns.count, Math.max(most, groupOf(spec, columns, target)));
}

/** Shorter strips, or strips for fewer columns, cost more than they save. */
const STRIP_DEPTH = 32;
const STRIP_COLUMNS = 32;

/** True where A is transposed: the rows of a tile are then gathered once for all panels of a block. */
export function hasStrips(spec: MatmulSpec): boolean {
  const [strideM, strideK] = spec.a.strides.slice(-2);
  return (
    isPacked(spec) &&
    strideM === 1 &&
    strideK !== 1 &&
    spec.k >= STRIP_DEPTH &&
    spec.n >= STRIP_COLUMNS
  );
}

/** Rows of A that every panel meets stay in a second-level cache. */
const ROWS_BYTES = 2 ** 18;

/** What follows the sums would wait for memory if it went down several arrays, a few columns wide. */
const goesAlongRows = (spec: MatmulSpec): boolean => !!spec.isFollowed && hasStrips(spec);

/** True where each panel goes over all rows while it is in the first-level cache: they are near by as well. */
export function isByPanels(spec: MatmulSpec, target: CompileTarget): boolean {
  if (goesAlongRows(spec)) return false;
  const bytes = spec.m * depthOf(spec, target) * bytesPerElement(spec.dtype);
  return hasStrips(spec) || bytes <= ROWS_BYTES;
}

/** Enough units for several threads to have about the same share. */
const ENOUGH_UNITS = 8;
/** Each part of the rows makes its own panels, which costs little where the rows are many. */
const LEAST_ROWS = 96;

/** How many rows one unit computes: all of them, where there are blocks of columns enough. */
export function rowsOf(spec: MatmulSpec, blocks: readonly ColumnBlock[], rows: number): number {
  const total = blocks.reduce((sum, { count }) => sum + count, 0);
  const wanted = Math.ceil(ENOUGH_UNITS / Math.max(1, sizeOf(spec.batch) * total));
  const parts = Math.max(1, Math.min(wanted, Math.floor(spec.m / LEAST_ROWS)));
  return rows * Math.ceil(spec.m / parts / rows);
}

/** Units of one product. */
export function unitsOf(spec: MatmulSpec, blocks: readonly ColumnBlock[]): number {
  return blocks.reduce((sum, columns) => sum + unitsOfBlock(spec, blocks, columns), 0);
}

/** Units of one kind of blocks: for each part of the rows, block by block. */
export function unitsOfBlock(
  spec: MatmulSpec,
  blocks: readonly ColumnBlock[],
  columns: ColumnBlock,
): number {
  return columns.count * Math.ceil(spec.m / rowsOf(spec, blocks, columns.rows));
}

export function matmulUnits(spec: MatmulSpec, target: CompileTarget): number {
  if (spec.m === 0 || spec.n === 0) return 0;
  return sizeOf(spec.batch) * unitsOf(spec, columnBlocks(spec, target));
}

export function matmulWork({ batch, m, k, n }: MatmulSpec): number {
  return sizeOf(batch) * m * n * Math.max(1, k);
}
