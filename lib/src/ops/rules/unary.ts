// Functions of one number, applied to every element.

import { roundOf } from "../arithmetic/special.ts";
import { exactly, expectDType, FLOATS, type Op, uniformSample } from "../define.ts";
import { fill } from "../fill.ts";
import { elementwise, numeric } from "./elementwise.ts";

export const neg: Op<"neg"> = elementwise({
  name: "neg",
  type: numeric("neg"),
  jvp: (o, _x, [dx]) => dx && o.neg(dx),
  transpose: (o, [ct]) => [ct && o.neg(ct)],
  eval: (x) => -x,
  samples: () => [{ inputs: [uniformSample([3, 4])], params: null }],
});

export const exp: Op<"exp"> = elementwise({
  name: "exp",
  type: numeric("exp", FLOATS),
  jvp: (o, _x, [dx], { outputs: [y] }) => dx && o.mul(dx, y!), // d exp(x) = exp(x) dx
  eval: Math.exp,
  samples: () => [{ inputs: [uniformSample([3, 4], -2, 2)], params: null }],
});

/** exp(x) - 1, exact near 0. */
export const expm1: Op<"expm1"> = elementwise({
  name: "expm1",
  type: numeric("expm1", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.mul(dx, o.exp(x)), // not y + 1, which rounds to 0 far left
  eval: Math.expm1,
  samples: () => [{ inputs: [uniformSample([3, 4], -2, 2)], params: null }],
});

export const log: Op<"log"> = elementwise({
  name: "log",
  type: numeric("log", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.div(dx, x), // d log(x) = dx / x
  eval: Math.log,
  samples: () => [{ inputs: [uniformSample([3, 4], 0.1, 4)], params: null }],
});

/** log(1 + x), exact near 0. */
export const log1p: Op<"log1p"> = elementwise({
  name: "log1p",
  type: numeric("log1p", FLOATS),
  jvp: (o, [x], [dx]) => dx && o.div(dx, o.add(x, fill(o, x.type, 1))), // dx / (1 + x)
  eval: Math.log1p,
  samples: () => [{ inputs: [uniformSample([3, 4], -0.5, 4)], params: null }],
});

export const sqrt: Op<"sqrt"> = elementwise({
  name: "sqrt",
  type: numeric("sqrt", FLOATS),
  jvp: (o, _x, [dx], { outputs: [y] }) => dx && o.div(dx, o.add(y!, y!)), // dx / (2 sqrt(x))
  eval: Math.sqrt,
  samples: () => [{ inputs: [uniformSample([3, 4], 0.1, 4)], params: null }],
});

export const tanh: Op<"tanh"> = elementwise({
  name: "tanh",
  type: numeric("tanh", FLOATS),
  // d tanh(x) = (1 - y^2) dx
  jvp: (o, _x, [dx], { outputs: [y] }) =>
    dx && o.mul(dx, o.sub(fill(o, y!.type, 1), o.mul(y!, y!))),
  eval: Math.tanh,
  samples: () => [{ inputs: [uniformSample([3, 4], -2, 2)], params: null }],
});

/** The logistic function 1 / (1 + exp(-x)). A primitive, because the composed gradient overflows. */
export const sigmoid: Op<"sigmoid"> = elementwise({
  name: "sigmoid",
  type: numeric("sigmoid", FLOATS),
  // d sigma(x) = sigma(x) (1 - sigma(x)) dx
  jvp: (o, _x, [dx], { outputs: [y] }) =>
    dx && o.mul(dx, o.mul(y!, o.sub(fill(o, y!.type, 1), y!))),
  eval: (x) => 1 / (1 + Math.exp(-x)),
  samples: () => [{ inputs: [uniformSample([3, 4], -4, 4)], params: null }],
});

/** The largest integer not above x, as a float. Flat wherever it has a slope at all. */
export const floor: Op<"floor"> = elementwise({
  name: "floor",
  type: numeric("floor", FLOATS),
  jvp: null,
  eval: Math.floor,
  samples: () => [{ inputs: [uniformSample([3, 4], -4, 4)], params: null }],
});

/** The nearest integer, as a float; halves go to the even one, and -0.2 to -0. Flat like `floor`. */
export const round: Op<"round"> = elementwise({
  name: "round",
  type: numeric("round", FLOATS),
  jvp: null,
  eval: roundOf,
  samples: () => [
    { inputs: [uniformSample([3, 4], -4, 4)], params: null },
    {
      inputs: [exactly([9], [-2.5, -1.5, -0.5, -0.2, -0, 0, 0.5, 1.5, 2.5])],
      params: null,
      differentiable: false,
    },
  ],
});

export const not: Op<"not"> = elementwise({
  name: "not",
  type: ([x]) => {
    expectDType("not", x, ["bool"]);
    return x;
  },
  jvp: null,
  eval: (x) => 1 - x,
  samples: () => [{ inputs: [exactly([4], [0, 1, 1, 0], "bool")], params: null }],
});

/** Another element type: to an integer towards zero and clamped, to a bool by "is not zero". */
export const cast: Op<"cast"> = elementwise({
  name: "cast",
  type: ([x], { dtype }) => ({ dtype, shape: x.shape }),
  jvp: (o, _x, [dx], { params }) => dx && o.cast(dx, params),
  transpose: (o, [ct], [x]) => [ct && o.cast(ct, { dtype: x.type.dtype })],
  eval: (x) => x, // the engines convert on storing; see convert.ts
  samples: () => [
    { inputs: [uniformSample([3, 4], -4, 4)], params: { dtype: "int32" } },
    { inputs: [uniformSample([3, 4], -4, 4)], params: { dtype: "bool" } },
    { inputs: [uniformSample([3, 4], -4, 4, "float32")], params: { dtype: "float64" } },
    { inputs: [uniformSample([3, 4], -4, 4)], params: { dtype: "float64" } },
    { inputs: [uniformSample([3, 4], 0, 9, "uint8")], params: { dtype: "float64" } },
  ],
});

/** The identity, seen as a constant by every derivative. */
export const stopGradient: Op<"stopGradient"> = elementwise({
  name: "stopGradient",
  type: ([x]) => x,
  jvp: null,
  eval: (x) => x,
  samples: () => [{ inputs: [uniformSample([3, 4])], params: null, differentiable: false }],
});
