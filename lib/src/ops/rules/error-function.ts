// The error function.

import { erfOf } from "../arithmetic/erf.ts";
import { FLOATS, type Op, uniformSample } from "../define.ts";
import { fill } from "../fill.ts";
import { elementwise, numeric } from "./elementwise.ts";

/** The error function 2/sqrt(pi) * integral of exp(-t^2) from 0 to x. */
export const erf: Op<"erf"> = elementwise({
  name: "erf",
  type: numeric("erf", FLOATS),
  // d erf(x) = 2/sqrt(pi) exp(-x^2) dx
  jvp: (o, [x], [dx]) =>
    dx && o.mul(dx, o.mul(fill(o, x.type, 2 / Math.sqrt(Math.PI)), o.exp(o.neg(o.mul(x, x))))),
  eval: erfOf,
  samples: () => [
    { inputs: [uniformSample([3, 4], -2, 2)], params: null },
    { inputs: [uniformSample([8], 2, 4)], params: null },
  ],
});
