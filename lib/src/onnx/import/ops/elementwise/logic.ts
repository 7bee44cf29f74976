// Comparisons, logic, choices, and bits.

import type { Tensor } from "../../../../runtime/values/tensor.ts";
import {
  equal,
  greater,
  greaterEqual,
  isNan,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  notEqual,
  where,
} from "../../../../tensor/comparison.ts";
import { full, tensor, zerosLike } from "../../../../tensor/create.ts";
import { add, cast, floorDiv, minimum, mod, mul } from "../../../../tensor/elementwise.ts";
import { take } from "../../../../tensor/gather.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows, type Row } from "../../core/rows.ts";

const binary = (f: (a: Tensor, b: Tensor) => Tensor): Row => computing((c) => f(c.x(0), c.x(1)));

/** The bits of whole numbers, from the lowest: 8 or 32 tensors of bool. */
function bits(x: Tensor): Tensor[] {
  const wide = cast(x, "int32");
  const at = (k: number) => equal(mod(floorDiv(wide, 2 ** k), 2), 1);
  if (x.dtype === "uint8") return Array.from({ length: 8 }, (_, k) => at(k));
  return [...Array.from({ length: 31 }, (_, k) => at(k)), less(wide, 0)];
}

function ofBits(list: readonly Tensor[], like: Tensor): Tensor {
  const worth = (k: number) => (k === 31 ? -(2 ** 31) : 2 ** k);
  const parts = list.map((bit, k) => where(bit, worth(k), full([], 0, "int32")));
  return cast(
    parts.reduce((a, b) => add(a, b)),
    like.dtype,
  );
}

function bitwise(c: Call, f: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const [a, b] = [c.x(0), c.x(1)];
  if (a.dtype !== "int32" && a.dtype !== "uint8")
    throw c.refuse(`expected whole numbers, received ${a.dtype}`);
  const others = bits(b);
  return ofBits(
    bits(a).map((bit, k) => f(bit, others[k]!)),
    a,
  );
}

/** Unsigned integers times or by powers of two; of ours uint8 is one. */
function shift(c: Call): Tensor {
  const [x, by] = [c.x(0), c.x(1)];
  if (x.dtype !== "uint8") throw c.refuse(`expected uint8, received ${c.elementName(0)}`);
  const left = c.text("direction", "", ["LEFT", "RIGHT"]) === "LEFT";
  const powers = tensor(
    Array.from({ length: 9 }, (_, k) => 2 ** k),
    "int32",
  );
  const factor = take(powers, minimum(cast(by, "int32"), 8));
  const wide = cast(x, "int32");
  return cast(left ? mod(mul(wide, factor), 256) : floorDiv(wide, factor), "uint8");
}

function isInfinite(c: Call): Tensor {
  const x = c.x(0);
  const none = zerosLike(cast(x, "bool"));
  const up = c.flag("detect_positive", true) ? equal(x, Infinity) : none;
  return logicalOr(up, c.flag("detect_negative", true) ? equal(x, -Infinity) : none);
}

function choice(c: Call): Tensor {
  c.says(0, c.element(1));
  return where(c.x(0), c.x(1), c.x(2));
}

export const logic: OpRows = {
  Equal: computing((c) => equal(c.x(0), c.x(1)), { short: "takes" }),
  Greater: computing((c) => greater(c.x(0), c.x(1)), { short: "takes" }),
  GreaterOrEqual: computing((c) => greaterEqual(c.x(0), c.x(1)), { short: "takes" }),
  Less: computing((c) => less(c.x(0), c.x(1)), { short: "takes" }),
  LessOrEqual: computing((c) => lessEqual(c.x(0), c.x(1)), { short: "takes" }),
  And: binary(logicalAnd),
  Or: binary(logicalOr),
  Xor: binary(notEqual),
  Not: computing((c) => logicalNot(c.x(0))),
  IsNaN: computing((c) => isNan(c.x(0))),
  IsInf: computing(isInfinite),
  Where: computing(choice, { short: "takes" }),
  BitwiseAnd: computing((c) => bitwise(c, logicalAnd)),
  BitwiseOr: computing((c) => bitwise(c, logicalOr)),
  BitwiseXor: computing((c) => bitwise(c, notEqual)),
  BitwiseNot: computing((c) =>
    ofBits(
      bits(c.x(0)).map((bit) => logicalNot(bit)),
      c.x(0),
    ),
  ),
  BitShift: computing(shift),
};
