// How elements sit in registers. Vector code works on four 32-bit lanes: float32, int32, uint8 (as an
// int32 from 0 to 255) and bool (a mask: all bits or none). Scalar code has f32, f64 and i32.

import type { DType } from "../../../../ir/dtype.ts";
import { bytesPerElement } from "../../../../ir/dtype.ts";
import {
  type Expr,
  type FunctionBuilder,
  f32,
  f64,
  i32,
  i32x4,
  instruction,
  lane,
  load,
  type Operand,
  op,
  type WasmType,
} from "../../code/index.ts";

export const LANES = 4;

export function scalarType(dtype: DType): WasmType {
  if (dtype === "float32") return "f32";
  return dtype === "float64" ? "f64" : "i32";
}

export function scalarNumber(dtype: DType, value: number): Expr {
  if (dtype === "float32") return f32(value);
  return dtype === "float64" ? f64(value) : i32(value);
}

export function scalarLoad(dtype: DType, address: Operand, offset: number): Expr {
  if (dtype === "float32") return load("f32.load", address, offset);
  if (dtype === "float64") return load("f64.load", address, offset);
  return load(dtype === "int32" ? "i32.load" : "i32.load8_u", address, offset);
}

export function scalarStore(
  f: FunctionBuilder,
  dtype: DType,
  address: Operand,
  value: Operand,
  offset: number,
): void {
  if (dtype === "float32") f.store("f32.store", address, value, offset);
  else if (dtype === "float64") f.store("f64.store", address, value, offset);
  else f.store(dtype === "int32" ? "i32.store" : "i32.store8", address, value, offset);
}

/** Four elements that lie side by side; lanes behind the last valid one hold anything. */
export function vectorLoad(dtype: DType, address: Operand, offset: number): Expr {
  if (dtype === "float32" || dtype === "int32") return load("v128.load", address, offset);
  return widened(dtype, load("v128.load32_zero", address, offset));
}

/** One element in all lanes. */
export function splatLoad(dtype: DType, address: Operand, offset: number): Expr {
  if (dtype === "float32" || dtype === "int32") return load("v128.load32_splat", address, offset);
  const all = op("i32x4.splat", load("i32.load8_u", address, offset));
  return dtype === "bool" ? op("i32x4.ne", all, i32x4(0)) : all;
}

/** Elements that lie `stride` bytes apart; only the first `count` are read. */
export function stridedLoad(
  dtype: DType,
  address: Operand,
  offset: number,
  stride: number,
  count: number,
): Expr {
  let vector = splatLoad(dtype, address, offset);
  for (let at = 1; at < count; at++) {
    const one = op("i32.add", address, stride * at);
    const wide = bytesPerElement(dtype) === 4;
    vector = wide
      ? instruction("v128.load32_lane", [one, vector], offset, [at])
      : lane("i32x4.replace_lane", at, vector, maskOf(dtype, load("i32.load8_u", one, offset)));
  }
  return vector;
}

function maskOf(dtype: DType, byte: Expr): Expr {
  return dtype === "bool" ? op("i32.sub", 0, byte) : byte;
}

/** Bytes in the lowest lanes, as four lanes. */
function widened(dtype: DType, bytes: Expr): Expr {
  const wide = op("i32x4.extend_low_i16x8_u", op("i16x8.extend_low_i8x16_u", bytes));
  return dtype === "bool" ? op("i32x4.ne", wide, i32x4(0)) : wide;
}

/** Writes the first `count` lanes. */
export function vectorStore(
  f: FunctionBuilder,
  dtype: DType,
  address: Operand,
  value: Expr,
  offset: number,
  count: number,
): void {
  if (dtype === "float32" || dtype === "int32") {
    if (count === LANES) {
      f.store("v128.store", address, value, offset);
      return;
    }
    const kept = f.keep(value, "out");
    if (count >= 2) f.store("v128.store64_lane", address, kept, offset, 0);
    if (count !== 2)
      f.store("v128.store32_lane", address, kept, offset + (count & 2) * 4, count - 1);
    return;
  }
  const small =
    dtype === "bool" ? op("v128.and", value, i32x4(1)) : op("v128.and", value, i32x4(255));
  const words = f.keep(op("i16x8.narrow_i32x4_u", small, small), "out");
  const bytes = f.keep(op("i8x16.narrow_i16x8_u", words, words), "out");
  if (count === LANES) f.store("v128.store32_lane", address, bytes, offset, 0);
  else
    for (let at = 0; at < count; at++) f.store("v128.store8_lane", address, bytes, offset + at, at);
}
