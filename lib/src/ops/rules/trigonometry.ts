// Sines and tangents and their inverses, the hyperbolic functions, logarithms of other bases.

import type { Value } from "../../ir/graph.ts";
import type { Builder } from "../../ir/op-table.ts";
import { addTangents, exactly, FLOATS, type Op, uniformSample } from "../define.ts";
import { fill } from "../fill.ts";
import { elementwise, numeric } from "./elementwise.ts";

export const sin: Op<"sin"> = elementwise({
  name: "sin",
  type: numeric("sin", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.mul(dx, o.cos(x)), // d sin(x) = cos(x) dx
  eval: Math.sin,
  samples: () => [{ inputs: [uniformSample([3, 4], -4, 4)], params: null }],
});

export const cos: Op<"cos"> = elementwise({
  name: "cos",
  type: numeric("cos", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.neg(o.mul(dx, o.sin(x))), // d cos(x) = -sin(x) dx
  eval: Math.cos,
  samples: () => [{ inputs: [uniformSample([3, 4], -4, 4)], params: null }],
});

/** The tangent of x in radians. */
export const tan: Op<"tan"> = elementwise({
  name: "tan",
  type: numeric("tan", FLOATS),
  // d tan(x) = (1 + y^2) dx
  jvp: (o, _x, [dx], { outputs: [y] }) => dx && o.mul(dx, o.add(one(o, y!), o.mul(y!, y!))),
  eval: Math.tan,
  samples: () => [{ inputs: [uniformSample([3, 4], -1.4, 1.4)], params: null }],
});

/** The angle in [-pi/2, pi/2] whose sine is x. */
export const asin: Op<"asin"> = elementwise({
  name: "asin",
  type: numeric("asin", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.div(dx, o.sqrt(fromSquare(o, x))), // dx / sqrt(1 - x^2)
  eval: Math.asin,
  samples: () => [{ inputs: [uniformSample([3, 4], -0.9, 0.9)], params: null }],
});

/** The angle in [0, pi] whose cosine is x. */
export const acos: Op<"acos"> = elementwise({
  name: "acos",
  type: numeric("acos", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.neg(o.div(dx, o.sqrt(fromSquare(o, x)))), // -dx / sqrt(1 - x^2)
  eval: Math.acos,
  samples: () => [{ inputs: [uniformSample([3, 4], -0.9, 0.9)], params: null }],
});

/** The angle in [-pi/2, pi/2] whose tangent is x. */
export const atan: Op<"atan"> = elementwise({
  name: "atan",
  type: numeric("atan", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.div(dx, o.add(one(o, x), o.mul(x, x))), // dx / (1 + x^2)
  eval: Math.atan,
  samples: () => [{ inputs: [uniformSample([3, 4], -3, 3)], params: null }],
});

/** The angle of the point (x, y), given as y and x, in [-pi, pi]. */
export const atan2: Op<"atan2"> = elementwise({
  name: "atan2",
  type: numeric("atan2", FLOATS),
  // (x dy - y dx) / (x^2 + y^2) = ((x/r) dy - (y/r) dx) / r with r the larger size, which never overflows
  jvp: (o, [y, x], [dy, dx]) => {
    const size = (v: Value) => o.max(v, o.neg(v));
    const r = o.max(size(x), size(y));
    const [s, c] = [o.div(y, r), o.div(x, r)];
    const scale = o.mul(r, o.add(o.mul(s, s), o.mul(c, c)));
    const fromY = dy && o.div(o.mul(c, dy), scale);
    const fromX = dx && o.div(o.neg(o.mul(s, dx)), scale);
    return addTangents(o, fromY, fromX);
  },
  eval: Math.atan2,
  samples: () => [
    { inputs: [uniformSample([3, 4], -2, 2), uniformSample([3, 4], 0.5, 2)], params: null },
    {
      inputs: [
        exactly([8], [0, -0, 0, -0, 1, -1, Infinity, NaN]),
        exactly([8], [1, 1, -1, -1, 0, 0, -Infinity, 1]),
      ],
      params: null,
      differentiable: false,
    },
  ],
});

/** (e^x - e^-x) / 2. */
export const sinh: Op<"sinh"> = elementwise({
  name: "sinh",
  type: numeric("sinh", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.mul(dx, o.cosh(x)), // d sinh(x) = cosh(x) dx
  eval: Math.sinh,
  samples: () => [{ inputs: [uniformSample([3, 4], -2, 2)], params: null }],
});

/** (e^x + e^-x) / 2. */
export const cosh: Op<"cosh"> = elementwise({
  name: "cosh",
  type: numeric("cosh", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.mul(dx, o.sinh(x)), // d cosh(x) = sinh(x) dx
  eval: Math.cosh,
  samples: () => [{ inputs: [uniformSample([3, 4], -2, 2)], params: null }],
});

/** The number whose hyperbolic sine is x. */
export const asinh: Op<"asinh"> = elementwise({
  name: "asinh",
  type: numeric("asinh", FLOATS),
  // dx / sqrt(1 + x^2) = dx / cosh(y), which is infinite no sooner than its square root may be
  jvp: (o, _x, [dx], { outputs: [y] }) => dx && o.div(dx, o.cosh(y!)),
  eval: Math.asinh,
  samples: () => [{ inputs: [uniformSample([3, 4], -3, 3)], params: null }],
});

/** The number of 0 or more whose hyperbolic cosine is x. */
export const acosh: Op<"acosh"> = elementwise({
  name: "acosh",
  type: numeric("acosh", FLOATS),
  jvp: (o, _x, [dx], { outputs: [y] }) => dx && o.div(dx, o.sinh(y!)), // dx / sqrt(x^2 - 1)
  eval: Math.acosh,
  samples: () => [{ inputs: [uniformSample([3, 4], 1.2, 4)], params: null }],
});

/** The number whose hyperbolic tangent is x. */
export const atanh: Op<"atanh"> = elementwise({
  name: "atanh",
  type: numeric("atanh", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.div(dx, fromSquare(o, x)), // dx / (1 - x^2)
  eval: Math.atanh,
  samples: () => [{ inputs: [uniformSample([3, 4], -0.9, 0.9)], params: null }],
});

/** The logarithm to base 2, exact for powers of 2. */
export const log2: Op<"log2"> = elementwise({
  name: "log2",
  type: numeric("log2", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.div(dx, o.mul(x, fill(o, x.type, Math.LN2))), // dx / (x ln 2)
  eval: Math.log2,
  samples: () => [{ inputs: [uniformSample([3, 4], 0.1, 4)], params: null }],
});

/** The logarithm to base 10. */
export const log10: Op<"log10"> = elementwise({
  name: "log10",
  type: numeric("log10", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.div(dx, o.mul(x, fill(o, x.type, Math.LN10))), // dx / (x ln 10)
  eval: Math.log10,
  samples: () => [{ inputs: [uniformSample([3, 4], 0.1, 4)], params: null }],
});

const one = (o: Builder<Value>, like: Value) => fill(o, like.type, 1);

/** (1 - x)(1 + x) = 1 - x^2, which loses nothing near 1 and -1. */
function fromSquare(o: Builder<Value>, x: Value): Value {
  return o.mul(o.sub(one(o, x), x), o.add(one(o, x), x));
}
