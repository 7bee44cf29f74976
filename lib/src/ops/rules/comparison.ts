// Comparisons, the logic of bools, and the choice between two operands.

import {
  exactly,
  expectDType,
  expectSame,
  integerSample,
  type Op,
  uniformSample,
} from "../define.ts";
import { fillZeros } from "../fill.ts";
import { choose, comparison, elementwise, numeric } from "./elementwise.ts";

export const eq: Op<"eq"> = elementwise({
  name: "eq",
  type: comparison("eq"),
  jvp: null,
  eval: (a, b) => (a === b ? 1 : 0),
  samples: () => [{ inputs: [integerSample([12], 0, 3), integerSample([12], 0, 3)], params: null }],
});

export const lt: Op<"lt"> = elementwise({
  name: "lt",
  type: comparison("lt"),
  jvp: null,
  eval: (a, b) => (a! < b! ? 1 : 0),
  samples: () => [{ inputs: [integerSample([12], 0, 3), integerSample([12], 0, 3)], params: null }],
});

const BOOLS = [exactly([4], [0, 0, 1, 1], "bool"), exactly([4], [0, 1, 0, 1], "bool")];

export const and: Op<"and"> = elementwise({
  name: "and",
  type: numeric("and", ["bool"]),
  jvp: null,
  eval: (a, b) => a! * b!,
  samples: () => [{ inputs: BOOLS, params: null }],
});

export const or: Op<"or"> = elementwise({
  name: "or",
  type: numeric("or", ["bool"]),
  jvp: null,
  eval: Math.max,
  samples: () => [{ inputs: BOOLS, params: null }],
});

/** a where the condition holds, b elsewhere. The branch not taken may hold NaN. */
export const where: Op<"where"> = elementwise({
  name: "where",
  type: ([condition, a, b]) => {
    expectDType("where", condition, ["bool"]);
    expectSame("where", [a, b]);
    expectSame("where", [condition, { dtype: "bool", shape: a.shape }]);
    return a;
  },
  jvp: (o, [condition], [, da, db]) => choose(o, condition, da, db),
  transpose: (o, [ct], [condition], { linear }) => [
    null,
    ct && linear[1] ? o.where(condition, ct, fillZeros(o, ct.type)) : null,
    ct && linear[2] ? o.where(condition, fillZeros(o, ct.type), ct) : null,
  ],
  eval: (condition, a, b) => (condition ? a! : b!),
  samples: () => [
    {
      inputs: [exactly([4], [0, 1, 1, 0], "bool"), uniformSample([4]), uniformSample([4])],
      params: null,
    },
  ],
});
