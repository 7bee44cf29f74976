// The examples of a run as a table in a file.

import { csvFormatRows } from "d3-dsv";
import type { DataInfo, PointsInfo } from "../../protocol/index.ts";

/** One line an example: inputs, target, and whether it is for training or testing. */
export function csvOf({ names, train, test }: DataInfo): string {
  const lines = ({ count, x, y }: PointsInfo, part: string) =>
    Array.from({ length: count }, (_, i) => [
      ...names.map((_, j) => shortest(x[i * names.length + j]!)),
      shortest(y[i]!),
      part,
    ]);
  return csvFormatRows([[...names, "y", "part"], ...lines(train, "train"), ...lines(test, "test")]);
}

/** The fewest digits that give the same float32 again. */
function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
