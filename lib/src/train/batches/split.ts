// How many examples a share of them is.

import { expectArgument, index, share } from "../../checks/arguments.ts";

/** A product of a share and a count is taken for whole where rounding alone can be what it lacks. */
const ROUNDING = 1e-9;

/**
 * How many of `count` examples are left for training: all but the share for validation, which is rounded
 * up. A share is meant as it is written: 0.8 of 10 is 8, though 10 * (1 - 0.8) is below 2.
 * @throws ArgumentError unless the share is from 0 to below 1
 */
export function trainingRows(count: number, validationSplit: number): number {
  expectArgument("trainingRows", "count", count, index);
  expectArgument("trainingRows", "validationSplit", validationSplit, share);
  const product = count * validationSplit;
  const near = Math.round(product);
  const isWhole = Math.abs(product - near) <= ROUNDING * Math.max(1, near);
  return count - (isWhole ? near : Math.ceil(product));
}
