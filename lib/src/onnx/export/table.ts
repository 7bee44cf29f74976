// How each primitive is written in ONNX: one row each, so that tsc names what is missing.

import { GradientError } from "../../checks/errors.ts";
import type { OpName } from "../../ir/op-table.ts";
import { argmax, argsort, cumsum, reduceMax, sum } from "./lowerings/along-axes.ts";
import { conv, convGradInput, convGradKernel } from "./lowerings/convolve.ts";
import { ELEMENTWISE_LOWERINGS } from "./lowerings/elementwise.ts";
import { gather, matmul, scatterAdd, scatterMax } from "./lowerings/indexing.ts";
import {
  concat,
  constant,
  expand,
  flip,
  iota,
  pad,
  reshape,
  slice,
  transpose,
} from "./lowerings/movement.ts";
import { maxPool, poolPut, poolTake } from "./lowerings/pool.ts";
import { randomBits } from "./lowerings/random.ts";
import type { Lowering } from "./site.ts";

/** Those that hold graphs are written where graphs are: lower.ts. */
export type Holding = "scan" | "cond" | "whileLoop" | "custom";

export const LOWERINGS: { readonly [N in Exclude<OpName, Holding>]: Lowering<N> } = {
  ...ELEMENTWISE_LOWERINGS,
  constant,
  iota,
  randomBits,
  reshape,
  transpose,
  expand,
  pad,
  slice,
  flip,
  concat,
  sum,
  reduceMax,
  argmax,
  cumsum,
  argsort,
  gather,
  scatterAdd,
  scatterMax,
  matmul,
  conv,
  convGradInput,
  convGradKernel,
  maxPool,
  poolTake,
  poolPut,
  customTangent: (_site, { params }) => {
    throw new GradientError(
      `exportOnnx: ${params.name} gives only a reverse rule (vjp), so that its tangent has no program`,
    );
  },
};
