// Functions of two numbers, applied element by element. Operands have one type.

import type { Value } from "../../ir/graph.ts";
import type { Builder } from "../../ir/op-table.ts";
import { modOf, powOf } from "../arithmetic/special.ts";
import {
  addTangents,
  exactly,
  FLOATS,
  integerSample,
  type Op,
  type Tangent,
  uniformSample,
} from "../define.ts";
import { fill } from "../fill.ts";
import { choose, elementwise, numeric } from "./elementwise.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

export const add: Op<"add"> = elementwise({
  name: "add",
  type: numeric("add"),
  jvp: (o, _inputs, [da, db]) => addTangents(o, da, db),
  transpose: (_o, [ct], _inputs, { linear: [a, b] }) => [a ? ct! : null, b ? ct! : null],
  eval: (a, b) => a! + b!,
  samples: () => [
    { inputs: [uniformSample([3, 4]), uniformSample([3, 4])], params: null },
    { inputs: [integerSample([5], -9, 9), integerSample([5], -9, 9)], params: null },
  ],
});

export const sub: Op<"sub"> = elementwise({
  name: "sub",
  type: numeric("sub"),
  jvp: (o, _inputs, [da, db]) => minus(o, da, db),
  transpose: (o, [ct], _inputs, { linear: [a, b] }) => [a ? ct! : null, b && ct ? o.neg(ct) : null],
  eval: (a, b) => a! - b!,
  samples: () => [{ inputs: [uniformSample([3, 4]), uniformSample([3, 4])], params: null }],
});

export const mul: Op<"mul"> = elementwise({
  name: "mul",
  type: numeric("mul"),
  jvp: (o, [a, b], [da, db]) => addTangents(o, da && o.mul(da, b), db && o.mul(a, db)), // da b + a db
  transpose: (o, [ct], [a, b], { linear }) => [
    ct && linear[0] ? o.mul(ct, b) : null,
    ct && linear[1] ? o.mul(a, ct) : null,
  ],
  eval: (a, b) => a! * b!,
  evalInt: Math.imul,
  samples: () => [
    { inputs: [uniformSample([3, 4]), uniformSample([3, 4])], params: null },
    {
      inputs: [integerSample([5], -90000, 90000), integerSample([5], -90000, 90000)],
      params: null,
    },
  ],
});

/** a / b. Integers divide with floor, and give 0 where b is 0. */
export const div: Op<"div"> = elementwise({
  name: "div",
  type: numeric("div"),
  // d(a/b) = da/b - (a/b) db/b
  jvp: (o, [, b], [da, db], { outputs: [y] }) => {
    const fromA = da && o.div(da, b);
    const fromB = db && o.div(o.mul(db, y!), b);
    return minus(o, fromA, fromB);
  },
  transpose: (o, [ct], [, b]) => [ct && o.div(ct, b), null],
  eval: (a, b) => a! / b!,
  evalInt: (a, b) => (b === 0 ? 0 : Math.floor(a! / b!)),
  samples: () => [
    { inputs: [uniformSample([3, 4]), uniformSample([3, 4], 0.5, 2)], params: null },
    {
      inputs: [integerSample([6], -9, 9), exactly([6], [2, -2, 3, 0, -4, 1], "int32")],
      params: null,
    },
  ],
});

/**
 * The remainder of a / b, of the sign of b, zero included: the exact remainder (of the sign of a), to
 * which b is added where the signs differ. NaN where b is 0 or a is infinite.
 */
export const mod: Op<"mod"> = elementwise({
  name: "mod",
  type: numeric("mod", FLOATS),
  // d(a - n b) = da - n db, where n = (a - y) / b is a whole number but for rounding
  jvp: (o, [a, b], [da, db], { outputs: [y] }) => {
    const fromB = db && o.mul(db, o.round(o.div(o.sub(a, y!), b)));
    return minus(o, da, fromB);
  },
  eval: modOf,
  samples: () => [
    { inputs: [uniformSample([3, 4], -9, 9), uniformSample([3, 4], 0.5, 2)], params: null },
    {
      inputs: [uniformSample([3, 4], 1e6, 1e9), uniformSample([3, 4], -2, -0.5)],
      params: null,
      differentiable: false,
    },
    {
      inputs: [
        exactly([12], [1e10, 1e6, 1e17, 3, -3, 3, -3, 6, -6, 0, -0, 42644.14453125]),
        exactly([12], [3, 0.1, 3, inf, inf, -inf, -inf, -3, 3, -2, 2, 0.07130448520183563]),
      ],
      params: null,
      differentiable: false,
    },
    // Quotients from the largest to the smallest that there are.
    {
      inputs: [
        exactly([6], [3.4e38, -3.4e38, 3.4e38, 1e-45, -1e-45, 1e30]),
        exactly([6], [1e-45, 3e-45, -1e-38, 3.4e38, 3.4e38, 1.1e-12]),
      ],
      params: null,
      differentiable: false,
    },
  ],
});

/**
 * a to the power b, for a > 0 wherever the derivative with respect to b is wanted. As IEEE 754 has it:
 * 1 to any power is 1, any number to the power 0 is 1, NaN too.
 */
export const pow: Op<"pow"> = elementwise({
  name: "pow",
  type: numeric("pow", FLOATS),
  // d(a^b) = b a^(b-1) da + log(a) a^b db, with log(0) taken as 0
  jvp: (o, [a, b], [da, db], { outputs: [y] }) => {
    const one = () => fill(o, b.type, 1);
    const zero = () => fill(o, b.type, 0);
    const isFlat = () => o.eq(b, zero());
    // b/a is 0 where b is, and its derivative there, 1/a, is that of the slope with respect to b.
    const isZero = () => o.not(o.or(o.lt(a, zero()), o.lt(zero(), a))); // or NaN
    const flat = () => o.div(b, o.where(isZero(), one(), a));
    const steep = () => o.mul(b, o.pow(a, o.where(isFlat(), one(), o.sub(b, one()))));
    const slope = () => o.where(isFlat(), flat(), steep());
    const safe = () => o.where(o.and(o.eq(a, zero()), o.not(o.lt(b, zero()))), one(), a);
    return addTangents(o, da && o.mul(da, slope()), db && o.mul(db, o.mul(o.log(safe()), y!)));
  },
  eval: powOf,
  samples: () => [
    { inputs: [uniformSample([3, 4], 0.5, 2), uniformSample([3, 4], -2, 2)], params: null },
    {
      inputs: [
        exactly([10], [1, 1, -1, -1, nan, 0, -0, -0, inf, -8]),
        exactly([10], [nan, inf, inf, -inf, 0, 0, -3, -2, -1, 1 / 3]),
      ],
      params: null,
      differentiable: false,
    },
  ],
});

/** The larger of a and b; NaN if either is NaN. A tie counts as b, so that relu'(0) = 0. */
export const max: Op<"max"> = elementwise({
  name: "max",
  type: numeric("max"),
  // b < a where b < y, and y is what is kept of a layer anyway
  jvp: (o, [, b], [da, db], { outputs: [y] }) => choose(o, o.lt(b, y!), da, db),
  eval: Math.max,
  samples: () => [
    { inputs: [uniformSample([3, 4]), uniformSample([3, 4])], params: null },
    {
      inputs: [exactly([3], [1, 0, 2]), exactly([3], [1, 0, 0])],
      params: null,
      differentiable: false,
    },
  ],
});

/** The smaller of a and b; NaN if either is NaN. A tie counts as b. */
export const min: Op<"min"> = elementwise({
  name: "min",
  type: numeric("min"),
  // a < b where y < b
  jvp: (o, [, b], [da, db], { outputs: [y] }) => choose(o, o.lt(y!, b), da, db),
  eval: Math.min,
  samples: () => [{ inputs: [uniformSample([3, 4]), uniformSample([3, 4])], params: null }],
});

/** The difference of two tangents, either of which may be zero. */
function minus(o: Builder<Value>, da: Tangent, db: Tangent): Tangent {
  if (!db) return da;
  return da ? o.sub(da, db) : o.neg(db);
}
