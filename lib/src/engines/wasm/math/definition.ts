// Functions without a vector form of their own: the op's definition, lane by lane.

import type { OpName } from "../../../ir/op-table.ts";
import { call, f32x4, lane, op } from "../code/index.ts";
import type { VectorFunction } from "./context.ts";

/** Rare enough to be right rather than fast: their results are those of doubles, rounded once. */
export const LANE_BY_LANE = [
  "asin",
  "acos",
  "atan2",
  "sinh",
  "cosh",
  "asinh",
  "acosh",
  "atanh",
] as const;

/** The op's own definition, called for one lane after the other. */
export const byDefinition =
  (name: OpName): VectorFunction =>
  ({ imported }, ...operands) => {
    const target = imported(name, operands.length);
    return [0, 1, 2, 3].reduce((result, at) => {
      const wide = operands.map((x) => op("f64.promote_f32", lane("f32x4.extract_lane", at, x)));
      const value = op("f32.demote_f64", call(target, ...wide));
      return lane("f32x4.replace_lane", at, result, value);
    }, f32x4(0));
  };
