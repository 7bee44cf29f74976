// Sums and maxima of rows, some neighbouring numbers at a time, in registers.

import { type DType, isFloat } from "../../../../ir/dtype.ts";
import {
  type Expr,
  type FunctionBuilder,
  f32,
  f64,
  f64x2,
  i32x4,
  type Local,
  lane,
  load,
  type Operand,
  op,
  toExpr,
} from "../../code/index.ts";
import { HIGH_HALF_TWICE, LOW_HALVES } from "../../code/shuffles.ts";
import { LANES, vectorLoad, vectorStore } from "../loop/registers.ts";

/** What gathers `count` neighbouring numbers. */
export interface Lanes {
  readonly count: number;
  readonly start: (f: FunctionBuilder) => readonly Local[];
  /** Takes in the numbers at an address; what lies behind the last valid one may be read, and is not written. */
  readonly take: (
    f: FunctionBuilder,
    state: readonly Local[],
    address: Operand,
    offset: number,
  ) => void;
  readonly write: (
    f: FunctionBuilder,
    state: readonly Local[],
    address: Operand,
    offset: number,
    count: number,
  ) => void;
}

/** Floats in double precision, rounded once; integers wrap around. */
export function sumLanes(dtype: DType): Lanes {
  if (dtype === "float64") return doubles(f64(0), "f64.add");
  if (dtype !== "float32") return words(dtype, i32x4(0), "i32x4.add");
  return {
    count: LANES,
    start: (f) => [f.keep(f64x2(0), "low"), f.keep(f64x2(0), "high")],
    take: (f, [low, high], address, offset) => {
      const x = f.keep(load("v128.load", address, offset), "x");
      const upper = lane("i8x16.shuffle", HIGH_HALF_TWICE, x, x);
      f.set(low!, op("f64x2.add", low!, op("f64x2.promote_low_f32x4", x)));
      f.set(high!, op("f64x2.add", high!, op("f64x2.promote_low_f32x4", upper)));
    },
    write: (f, [low, high], address, offset, count) => {
      const [first, second] = [low!, high!].map((half) => op("f32x4.demote_f64x2_zero", half));
      const sum = lane("i8x16.shuffle", LOW_HALVES, first!, second!);
      vectorStore(f, dtype, address, sum, offset, count);
    },
  };
}

/** The largest, NaN where one is; of none the lowest number of the type. */
export function largestLanes(dtype: DType): Lanes {
  if (dtype === "float64") return doubles(f64(-Infinity), "f64.max");
  if (isFloat(dtype)) return words(dtype, op("f32x4.splat", f32(-Infinity)), "f32x4.max");
  return words(dtype, i32x4(dtype === "int32" ? -(2 ** 31) : 0), "i32x4.max_s");
}

function words(
  dtype: DType,
  first: Expr,
  combine: "i32x4.add" | "f32x4.max" | "i32x4.max_s",
): Lanes {
  return {
    count: LANES,
    start: (f) => [f.keep(first, "state")],
    take: (f, [state], address, offset) =>
      f.set(state!, op(combine, state!, vectorLoad(dtype, address, offset))),
    write: (f, [state], address, offset, count) =>
      vectorStore(f, dtype, address, toExpr(state!), offset, count),
  };
}

function doubles(first: Expr, combine: "f64.add" | "f64.max"): Lanes {
  return {
    count: 1,
    start: (f) => [f.keep(first, "state")],
    take: (f, [state], address, offset) =>
      f.set(state!, op(combine, state!, load("f64.load", address, offset))),
    write: (f, [state], address, offset) => f.store("f64.store", address, state!, offset),
  };
}
