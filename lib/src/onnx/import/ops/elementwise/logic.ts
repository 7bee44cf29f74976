// Comparisons, logic and choices.

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
import { zerosLike } from "../../../../tensor/create.ts";
import { cast } from "../../../../tensor/elementwise.ts";
import type { Call } from "../../core/call.ts";
import { UINT32 } from "../../core/elements.ts";
import { computing, type OpRows, type Row } from "../../core/rows.ts";
import { bitRows, fromUnsigned } from "./bits.ts";

const binary = (f: (a: Tensor, b: Tensor) => Tensor): Row => computing((c) => f(...c.pair()));

/** Of uint32, which int32 holds by its bits, as numbers. */
const ordered = (f: (a: Tensor, b: Tensor) => Tensor): Row =>
  computing(
    (c) => {
      const [a, b] = c.pair();
      return c.element(0) === UINT32 ? f(fromUnsigned(a), fromUnsigned(b)) : f(a, b);
    },
    { short: "takes", bits: true },
  );

function isInfinite(c: Call): Tensor {
  const x = c.x(0);
  const none = zerosLike(cast(x, "bool"));
  const up = c.flag("detect_positive", true) ? equal(x, Infinity) : none;
  return logicalOr(up, c.flag("detect_negative", true) ? equal(x, -Infinity) : none);
}

function choice(c: Call): Tensor {
  c.says(0, c.element(1));
  c.pair(1);
  return where(c.x(0), c.x(1), c.x(2));
}

export const logic: OpRows = {
  Equal: computing((c) => equal(...c.pair()), { short: "takes", bits: true }),
  Greater: ordered(greater),
  GreaterOrEqual: ordered(greaterEqual),
  Less: ordered(less),
  LessOrEqual: ordered(lessEqual),
  And: binary(logicalAnd),
  Or: binary(logicalOr),
  Xor: binary(notEqual),
  Not: computing((c) => logicalNot(c.x(0))),
  IsNaN: computing((c) => isNan(c.x(0))),
  IsInf: computing(isInfinite),
  Where: computing(choice, { short: "takes", bits: true }),
  ...bitRows,
};
