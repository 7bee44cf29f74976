// Element types changed, and tensors passed on as they are.

import { type DType, isFloat } from "../../../../ir/dtype.ts";
import { Tensor } from "../../../../runtime/values/tensor.ts";
import { less, where } from "../../../../tensor/comparison.ts";
import { full, onesLike, tensor } from "../../../../tensor/create.ts";
import { abs, cast, floor, mul, sign } from "../../../../tensor/elementwise.ts";
import type { Call } from "../../core/call.ts";
import {
  elementName,
  expectInt32,
  holderOf,
  INT64,
  shortRange,
  UINT32,
} from "../../core/elements.ts";
import { computing, moving, type OpRows, reading } from "../../core/rows.ts";
import { fromUnsigned, toUnsigned } from "./bits.ts";

function castTo(c: Call, to: number): Tensor {
  c.ignore("saturate", "round_mode");
  const x = c.x(0);
  const dtype = holderOf(to, `${c.where}: its result`);
  if (shortRange(to) && c.element(0) !== to) {
    throw c.refuse(`casting to ${elementName(to)} is not covered`);
  }
  c.says(0, to);
  if (c.element(0) === UINT32 && (isFloat(dtype) || dtype === "bool")) {
    return cast(fromUnsigned(x), dtype);
  }
  if (to === UINT32 && isFloat(x.dtype)) return toUnsigned(x);
  if (dtype === "uint8" && x.dtype !== "bool" && x.dtype !== "uint8") return wrapped(c, x);
  return cast(x, dtype);
}

/** What a cast to int64 gives of numbers that int64 has; of others ONNX says nothing. */
function exactCast(c: Call): Tensor | undefined {
  const x = c.x(0);
  if (c.element(0) === UINT32) return fromUnsigned(x);
  if (!isFloat(x.dtype)) return undefined;
  const wide = cast(x, "float64");
  const whole = mul(sign(wide), floor(abs(wide)));
  const isInt64 = less(abs(wide), 2 ** 63);
  return where(isInt64, whole, cast(cast(x, "int32"), "float64"));
}

const CASTS = { short: "takes", bits: true, grows: exactCast } as const;

/** ONNX cuts off high bits where a cast of ours clamps. Floats beyond the type are undefined in ONNX. */
function wrapped(c: Call, x: Tensor): Tensor {
  if (isFloat(x.dtype)) return cast(x, "uint8");
  const low = cast(x, "int32");
  return cast(c.like(modulo(low), low), "uint8");
}

const modulo = (x: Tensor): Tensor => {
  const by = full([], 256, "int32");
  return x.sub(x.floorDiv(by).mul(by));
};

/** The same bytes as numbers of another type: of known tensors only. */
function bitCast(c: Call): Tensor {
  const to = c.int("to");
  const dtype = holderOf(to, `${c.where}: its result`);
  const x = c.x(0);
  if (c.element(0) === INT64 || to === INT64)
    throw c.refuse("int64 has no bits here: int32 holds it");
  c.numbers(0);
  const widths: Partial<Record<DType, number>> = { float32: 4, int32: 4, float64: 8, uint8: 1 };
  if (widths[x.dtype] === undefined || widths[x.dtype] !== widths[dtype]) {
    throw c.refuse(`${x.dtype} and ${dtype} differ in width`);
  }
  c.says(0, to);
  const { buffer, byteOffset, byteLength } = x.read().parts.known!;
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const make = {
    float32: Float32Array,
    int32: Int32Array,
    float64: Float64Array,
    uint8: Uint8Array,
    bool: Uint8Array,
  };
  return new Tensor({ type: { dtype, shape: x.type.shape }, known: new make[dtype](bytes) });
}

/** Without training it changes nothing; with it the numbers dropped are another generator's. */
function dropout(c: Call): Tensor[] {
  c.ignore("seed", "is_test", "ratio");
  const x = c.x(0);
  const training = c.opset >= 12 && c.numberOr(2, 0) !== 0;
  if (training && c.numberOr(1, 0.5) !== 0) {
    throw c.refuse(
      "dropping at random, as in training, is not covered: set training_mode to false",
    );
  }
  const mask = onesLike(x);
  return [x, c.opset >= 10 ? cast(mask, "bool") : mask];
}

/** A constant in any of the forms that ONNX has. */
function constant(c: Call): Tensor {
  const held = c.tensor("value");
  if (held) {
    c.says(0, held.element);
    return held.tensor;
  }
  if (c.has("value_float")) return tensor(c.float("value_float"), "float32");
  if (c.has("value_floats")) return tensor(c.floats("value_floats")!, "float32");
  c.says(0, INT64);
  const list = c.has("value_int") ? c.int("value_int") : c.ints("value_ints");
  if (list !== undefined) return tensor(expectInt32(list, c.where), "int32");
  throw c.refuse("its value is a text, a list of texts or a sparse tensor; covered are numbers");
}

export const types: OpRows = {
  Cast: computing((c) => castTo(c, c.int("to")), CASTS),
  CastLike: computing((c) => castTo(c, c.element(1)), CASTS),
  BitCast: computing(bitCast),
  Identity: moving((c) => c.x(0)),
  Constant: computing(constant),
  Dropout: reading([1, 2], dropout),
  OptionalHasElement: computing((c) => tensor(c.maybe(0) !== undefined)),
  OptionalGetElement: moving((c) => c.x(0)),
};
