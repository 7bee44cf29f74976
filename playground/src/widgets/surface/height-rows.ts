// A surface as a table: its heights at some places, evenly apart.

import type { Interval } from "../../protocol/index.ts";
import { formatNumber } from "../../text/numbers.ts";

const SIDE = 9;

interface Heights {
  readonly u: Interval;
  readonly v: Interval;
  readonly count: number;
  /** [count, count], rows along u. */
  readonly values: ArrayLike<number>;
}

/** Nine by nine places: u, v, height. */
export function heightRows({ u, v, count, values }: Heights): string[][] {
  const at = (i: number) => Math.round((i * (count - 1)) / (SIDE - 1));
  const along = (i: number, [from, to]: Interval) => from + ((to - from) * i) / (count - 1);
  return Array.from({ length: SIDE * SIDE }, (_, k) => {
    const [i, j] = [at(Math.floor(k / SIDE)), at(k % SIDE)];
    return [along(i, u), along(j, v), values[i * count + j]!].map((x) => formatNumber(x));
  });
}
