// Examples on the plane: the one that is nearest, and how large targets are.

import type { DataInfo, PointsInfo } from "../../../protocol/index.ts";

/** The row of the example nearest to a place. */
export function nearestExample({ count, x }: PointsInfo, x1: number, x2: number): number {
  let [best, least] = [0, Infinity];
  for (let row = 0; row < count; row++) {
    const distance = Math.hypot(x[2 * row]! - x1, x[2 * row + 1]! - x2);
    if (distance < least) [best, least] = [row, distance];
  }
  return best;
}

/** The size of an output that has the full colour: the largest target, where targets are values. */
export function outputScale({ classes, train }: Pick<DataInfo, "classes" | "train">): number {
  if (classes !== null) return 1;
  let largest = 0;
  for (const y of train.y) largest = Math.max(largest, Math.abs(y));
  return largest || 1;
}
