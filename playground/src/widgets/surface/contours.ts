// Lines of equal height over a square grid, as paths.

import { contours } from "d3-contour";

/** Heights over a grid: row i belongs to the horizontal axis, column j to the vertical one. */
export interface Heights {
  readonly u: readonly [from: number, to: number];
  readonly v: readonly [from: number, to: number];
  readonly count: number;
  readonly values: ArrayLike<number>;
  readonly least: number;
  readonly largest: number;
}

/** A surface whose middle height is below this part of its range has nearly all of it in a few peaks. */
const PEAKED = 0.08;

/**
 * The power by which shares of the range are drawn: 1 as they are, or less where peaks would hide all else, so
 * that half of the surface is below half of the drawing.
 */
export function powerOf({ values, least, largest }: Heights): number {
  const shares = Array.from(values, (height) => (height - least) / (largest - least))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const middle = shares[shares.length >> 1] ?? 1;
  if (middle >= PEAKED || middle <= 0) return 1;
  return Math.max(Math.log(0.5) / Math.log(middle), 0.2);
}

/** The levels between the least and the largest height, evenly apart as they are drawn. */
export function levelsOf(heights: Heights, count: number): number[] {
  const { least, largest } = heights;
  if (!(largest > least)) return [];
  const power = powerOf(heights);
  return Array.from(
    { length: count },
    (_, k) => least + (largest - least) * ((k + 1) / (count + 1)) ** (1 / power),
  );
}

export type Place = (column: number, row: number) => readonly [x: number, y: number];

/** One path a level, around what is higher. `place` says where a point of the grid, from 0 to count - 1, is drawn. */
export function contourPaths(
  { values, count, largest }: Heights,
  levels: readonly number[],
  place: Place,
): string[] {
  // d3 reads rows from left to right; what is not finite is a peak.
  const rows = Array.from({ length: count * count }, (_, i) => {
    const height = values[(i % count) * count + Math.floor(i / count)]!;
    return Number.isFinite(height) ? height : largest;
  });
  const all = contours()
    .size([count, count])
    .thresholds([...levels])(rows);
  const within = (x: number) => Math.min(Math.max(x - 0.5, 0), count - 1);
  const pathOf = (ring: readonly (readonly number[])[]) =>
    `M${ring
      .map(([x, y]) => place(within(x!), within(y!)))
      .map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`)
      .join("L")}Z`;
  return all.map(({ coordinates }) => coordinates.flat().map(pathOf).join(""));
}
