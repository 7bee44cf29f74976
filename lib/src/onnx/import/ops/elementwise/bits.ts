// The bits of whole numbers: moved, joined, and read as numbers without a sign.

import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { equal, greater, less, logicalOr, where } from "../../../../tensor/comparison.ts";
import { full, tensor } from "../../../../tensor/create.ts";
import {
  add,
  cast,
  floor,
  floorDiv,
  maximum,
  minimum,
  mod,
  mul,
  sub,
} from "../../../../tensor/elementwise.ts";
import { take } from "../../../../tensor/gather.ts";
import { broadcastTo } from "../../../../tensor/operands/broadcast.ts";
import type { Call } from "../../core/call.ts";
import { INT64, UINT32 } from "../../core/elements.ts";
import { computing, type OpRows } from "../../core/rows.ts";

const SIGN = 2 ** 31;

/** The numbers, float64, of uint32 that int32 holds by its bits. */
export function fromUnsigned(x: Tensor): Tensor {
  const wide = cast(x, "float64");
  return where(less(wide, 0), add(wide, 2 * SIGN), wide);
}

/** uint32, by its bits in int32, of floats; of what is beyond it ONNX says nothing. */
export function toUnsigned(x: Tensor): Tensor {
  const whole = floor(cast(x, "float64"));
  return cast(where(less(whole, SIGN), whole, sub(whole, 2 * SIGN)), "int32");
}

/** Bits that are joined at once, by a table of all that two such numbers can give. */
const PIECE = 4;

function bitwise(c: Call, f: (a: number, b: number) => number): Tensor {
  const [a, b] = [c.x(0), c.x(1)];
  if (a.dtype !== "int32" && a.dtype !== "uint8")
    throw c.refuse(`expected whole numbers, received ${a.dtype}`);
  const all = 2 ** PIECE;
  const joined = Array.from({ length: all * all }, (_, at) => f(Math.floor(at / all), at % all));
  const table = tensor(joined, "int32");
  const [x, y] = [cast(a, "int32"), cast(b, "int32")];
  const width = a.dtype === "uint8" ? 8 : 32;
  const pieces = Array.from({ length: width / PIECE }, (_, k) => {
    const worth = all ** k;
    const piece = (z: Tensor) => mod(floorDiv(z, worth), all);
    return mul(take(table, add(mul(piece(x), all), piece(y))), worth);
  });
  const whole = pieces.reduce((sum, piece) => add(sum, piece));
  return cast(whole, a.dtype);
}

/** All bits turned: what is left to -1, whose bits are all 1. */
function turned(c: Call): Tensor {
  const x = c.x(0);
  return x.dtype === "uint8" ? sub(full([], 255, "uint8"), x) : sub(full([], -1, "int32"), x);
}

/** 2 ** k in 32 bits, and 0 for a k that leaves none. */
function powerOf(k: Tensor, bits: number): Tensor {
  const { known } = k.read().parts;
  const one = known && k.size === 1 ? known[0]! : -1;
  // What is known needs no table.
  if (one >= 0 && one < 31) return broadcastTo(full([], 2 ** one, "int32"), k.type.shape);
  const powers = Array.from({ length: bits }, (_, i) => (i === 31 ? -SIGN : 2 ** i));
  const table = tensor([...powers, 0], "int32");
  return take(table, where(less(k, 0), full([], bits, "int32"), minimum(k, bits)));
}

/** Half of it without a sign: 31 bits are left. */
const halved = (x: Tensor): Tensor =>
  where(less(x, 0), sub(floorDiv(x, 2), full([], -SIGN, "int32")), floorDiv(x, 2));

function shift(c: Call): Tensor {
  const [x, by] = [c.x(0), cast(c.x(1), "int32")];
  const left = c.text("direction", "", ["LEFT", "RIGHT"]) === "LEFT";
  if (x.dtype === "uint8") {
    const factor = powerOf(by, 9);
    const wide = cast(x, "int32");
    const isGone = greater(by, 8);
    const moved = left ? mod(mul(wide, factor), 256) : floorDiv(wide, where(isGone, 256, factor));
    return cast(moved, "uint8");
  }
  if (x.dtype !== "int32") throw c.refuse(`expected whole numbers, received ${c.elementName(0)}`);
  if (left) return mul(x, powerOf(by, 32));
  const isAll = logicalOr(less(by, 0), greater(by, 31));
  const some = minimum(maximum(by, 0), 30);
  if (c.element(0) !== UINT32) {
    // Copies of the sign come in from the left.
    const far = logicalOr(isAll, greater(by, 30));
    return where(far, floorDiv(floorDiv(x, 2 ** 30), 2), floorDiv(x, powerOf(some, 31)));
  }
  const rest = minimum(maximum(sub(by, 1), 0), 30);
  const moved = where(equal(by, 0), x, floorDiv(halved(x), powerOf(rest, 31)));
  return where(isAll, full([], 0, "int32"), moved);
}

/** To the left int64 may leave 32 bits. */
function exactShift(c: Call): Tensor | undefined {
  if (c.element(0) !== INT64 || c.text("direction", "", ["LEFT", "RIGHT"]) !== "LEFT") {
    return undefined;
  }
  const [x, by] = [cast(c.x(0), "float64"), c.x(1)];
  const powers = [...Array.from({ length: 64 }, (_, k) => 2 ** k), 0];
  const isGone = logicalOr(less(by, 0), greater(by, 63));
  return mul(x, take(tensor(powers, "float64"), where(isGone, full([], 64, "int32"), by)));
}

const BITS = { bits: true };

export const bitRows: OpRows = {
  BitwiseAnd: computing((c) => bitwise(c, (a, b) => a & b), BITS),
  BitwiseOr: computing((c) => bitwise(c, (a, b) => a | b), BITS),
  BitwiseXor: computing((c) => bitwise(c, (a, b) => a ^ b), BITS),
  BitwiseNot: computing(turned, BITS),
  BitShift: computing(shift, { bits: true, grows: exactShift }),
};
