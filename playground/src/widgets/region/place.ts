// Where a cell of a map lies in the plane.

import type { PlaneWindow } from "../../protocol/index.ts";

/** The middle of a cell in the plane. */
export function placeOf(
  { center, reach }: PlaneWindow,
  cells: number,
  column: number,
  row: number,
): [number, number] {
  const at = (i: number) => reach * ((2 * (i + 0.5)) / cells - 1);
  return [center[0] + at(column), center[1] - at(row)];
}
