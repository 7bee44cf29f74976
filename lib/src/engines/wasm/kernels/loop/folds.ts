// What a reduction keeps while it runs. Floats add up in double precision and are rounded once.

import type { DType } from "../../../../ir/dtype.ts";
import {
  type Expr,
  type FunctionBuilder,
  f32x4,
  f64,
  f64x2,
  i32x4,
  type Local,
  lane,
  op,
  select,
  toExpr,
} from "../../code/index.ts";
import { HIGH_HALF_TWICE, LOW_HALVES, SECOND_WORD_FIRST } from "../../code/shuffles.ts";
import { LANES, scalarNumber, scalarType } from "./registers.ts";

export interface Fold {
  /** Takes four lanes, of which the first `lanes` count, or one number. */
  add(value: Local, lanes: number): void;
  /** What all lanes come to, in the first lane or as one number. */
  total(form: "vector" | "scalar"): Local;
  /** What each lane comes to. */
  lanes(): Local;
  /** What one lane comes to, as a number. */
  lane(at: number): Local;
}

type Name = "sum" | "reduceMax";

const lowLanes = (count: number): Expr =>
  i32x4(...Array.from({ length: LANES }, (_, i) => (i < count ? -1 : 0)));

export function vectorFold(f: FunctionBuilder, name: Name, dtype: DType): Fold {
  if (dtype === "float32") return name === "sum" ? doubleSums(f) : maxima(f);
  const lowest = i32x4(name === "sum" ? 0 : -2147483648);
  const instruction = name === "sum" ? "i32x4.add" : "i32x4.max_s";
  const state = f.keep(lowest, name);
  const lanes = () =>
    f.keep(dtype === "uint8" ? op("v128.and", state, i32x4(255)) : toExpr(state), "total");
  return {
    add(value, count) {
      const valid = count === LANES ? value : op("v128.bitselect", value, lowest, lowLanes(count));
      f.set(state, op(instruction, state, valid));
    },
    total(form) {
      const whole = acrossLanes(f, instruction, lanes());
      const total = dtype === "uint8" ? f.keep(op("v128.and", whole, i32x4(255))) : whole;
      return form === "scalar" ? f.keep(lane("i32x4.extract_lane", 0, total)) : total;
    },
    lanes,
    lane: (at) => f.keep(lane("i32x4.extract_lane", at, lanes())),
  };
}

/** All lanes in the first one. */
function acrossLanes(f: FunctionBuilder, instruction: string, vector: Local): Local {
  const high = lane("i8x16.shuffle", HIGH_HALF_TWICE, vector, vector);
  const half = f.keep(op(instruction, vector, high));
  const swapped = lane("i8x16.shuffle", SECOND_WORD_FIRST, half, half);
  return f.keep(op(instruction, half, swapped), "total");
}

/**
 * Maxima of floats: f32x4.max takes eight instructions of the processor, each of which waits for the one before.
 * What it says of NaN and of 0 and -0 is put together at the end: NaN if there was one; and where the largest is a
 * zero nothing was above it, so that it is 0 if any sign was.
 */
function maxima(f: FunctionBuilder): Fold {
  const lowest = f32x4(-Infinity);
  const largest = f.keep(lowest, "max");
  const [signs, strange] = [-1, 0].map((word) => f.keep(i32x4(word))) as [Local, Local];
  const lanes = () => {
    const isZero = op("f32x4.eq", largest, f32x4(0));
    const zero = op("v128.and", signs, i32x4(-2147483648));
    return f.keep(op("v128.or", op("v128.bitselect", zero, largest, isZero), strange), "total");
  };
  return {
    add(value, count) {
      const valid =
        count === LANES ? value : f.keep(op("v128.bitselect", value, lowest, lowLanes(count)));
      f.set(largest, op("f32x4.pmax", largest, valid));
      f.set(signs, op("v128.and", signs, valid));
      f.set(strange, op("v128.or", strange, op("f32x4.ne", valid, valid)));
    },
    total(form) {
      const total = acrossLanes(f, "f32x4.max", lanes());
      return form === "scalar" ? f.keep(lane("f32x4.extract_lane", 0, total)) : total;
    },
    lanes,
    lane: (at) => f.keep(lane("f32x4.extract_lane", at, lanes())),
  };
}

/** Four float sums as two pairs of doubles. */
function doubleSums(f: FunctionBuilder): Fold {
  const [low, high] = [f.keep(f64x2(0), "low"), f.keep(f64x2(0), "high")];
  const lanes = () =>
    f.keep(
      lane(
        "i8x16.shuffle",
        LOW_HALVES,
        op("f32x4.demote_f64x2_zero", low),
        op("f32x4.demote_f64x2_zero", high),
      ),
      "total",
    );
  return {
    add(value, count) {
      const valid = count === LANES ? value : f.keep(op("v128.and", value, lowLanes(count)));
      f.set(low, op("f64x2.add", low, op("f64x2.promote_low_f32x4", valid)));
      if (count <= 2) return;
      const upper = lane("i8x16.shuffle", HIGH_HALF_TWICE, valid, valid);
      f.set(high, op("f64x2.add", high, op("f64x2.promote_low_f32x4", upper)));
    },
    total(form) {
      const pair = f.keep(op("f64x2.add", low, high));
      const sum = op(
        "f64.add",
        lane("f64x2.extract_lane", 0, pair),
        lane("f64x2.extract_lane", 1, pair),
      );
      const rounded = f.keep(op("f32.demote_f64", sum), "total");
      return form === "scalar" ? rounded : f.keep(op("f32x4.splat", rounded));
    },
    lanes,
    lane: (at) => f.keep(lane("f32x4.extract_lane", at, lanes())),
  };
}

/** One number after the other, in order: in float64 the reference engine's very sum. */
export function scalarFold(f: FunctionBuilder, name: Name, dtype: DType): Fold {
  const type = scalarType(dtype);
  const wide = name === "sum" && type !== "i32";
  const lowest = type === "i32" ? -2147483648 : -Infinity;
  const first = wide ? f64(0) : scalarNumber(dtype, name === "sum" ? 0 : lowest);
  const state = f.keep(first, name);
  const total = () => {
    if (wide && type === "f32") return f.keep(op("f32.demote_f64", state));
    return dtype === "uint8" ? f.keep(op("i32.and", state, 255)) : state;
  };
  return {
    add(value) {
      if (wide)
        f.set(state, op("f64.add", state, type === "f32" ? op("f64.promote_f32", value) : value));
      else if (name === "sum") f.set(state, op("i32.add", state, value));
      else if (type === "i32") f.set(state, select(op("i32.gt_s", value, state), value, state));
      else f.set(state, op(`${type}.max`, state, value));
    },
    total: (form) => (form === "scalar" ? total() : splat(total())),
    lanes: () => splat(total()),
    lane: total,
  };

  function splat(value: Local): Local {
    return f.keep(op(type === "f32" ? "f32x4.splat" : "i32x4.splat", value));
  }
}
