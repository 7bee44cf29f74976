// Whether an array holds a NaN or an infinity.

import type { DataArray } from "./dtype.ts";

/** One pass without a branch: 0 times anything finite is 0, and anything else is NaN. */
export function allFinite(data: DataArray): boolean {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]! * 0;
  return sum === 0;
}
