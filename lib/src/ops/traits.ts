// What passes must know of an op beside its rules: the table that a new op needs a row in.

import type { OpName } from "../ir/op-table.ts";

/** What is not said is not so. */
export interface Traits {
  /** Elementwise, and all engines round it alike: correctly. The others differ by ulps. */
  readonly exact?: true;
  /** The same bits when the operands change places. */
  readonly commutative?: true;
  /** It takes less time than reading its result from memory would. */
  readonly cheap?: true;
  /** The result holds nothing but elements of the operands. */
  readonly moves?: true;
  /** A view of what is in memory anyway, or made up where it is read. */
  readonly free?: true;
  /** Its parameters hold graphs. */
  readonly graphs?: true;
}

const TRAITS: Readonly<Record<OpName, Traits>> = {
  constant: { free: true },
  iota: { free: true },
  randomBits: {},
  neg: { exact: true, cheap: true },
  exp: {},
  expm1: {},
  log: {},
  log1p: {},
  sqrt: { exact: true },
  sin: {},
  cos: {},
  tanh: {},
  sigmoid: {},
  erf: {},
  tan: {},
  asin: {},
  acos: {},
  atan: {},
  sinh: {},
  cosh: {},
  asinh: {},
  acosh: {},
  atanh: {},
  log2: {},
  log10: {},
  floor: { exact: true },
  round: { exact: true },
  not: { exact: true, cheap: true },
  cast: { exact: true, cheap: true },
  stopGradient: { cheap: true },
  add: { exact: true, commutative: true, cheap: true },
  sub: { exact: true, cheap: true },
  mul: { exact: true, commutative: true, cheap: true },
  div: { exact: true },
  pow: {},
  mod: { exact: true },
  atan2: {},
  max: { exact: true, commutative: true, cheap: true },
  min: { exact: true, commutative: true, cheap: true },
  eq: { exact: true, commutative: true, cheap: true },
  lt: { exact: true, cheap: true },
  and: { exact: true, commutative: true, cheap: true },
  or: { exact: true, commutative: true, cheap: true },
  where: { exact: true, cheap: true },
  reshape: { cheap: true, moves: true, free: true },
  transpose: { cheap: true, moves: true },
  expand: { cheap: true, moves: true, free: true },
  slice: { moves: true, free: true },
  flip: { moves: true },
  pad: {},
  concat: { moves: true },
  sum: {},
  reduceMax: {},
  argmax: {},
  cumsum: {},
  argsort: {},
  gather: {},
  scatterAdd: {},
  scatterMax: {},
  matmul: {},
  conv: {},
  convGradInput: {},
  convGradKernel: {},
  maxPool: {},
  poolTake: {},
  poolPut: {},
  scan: { graphs: true },
  cond: { graphs: true },
  whileLoop: { graphs: true },
  custom: { graphs: true },
  customTangent: { graphs: true },
};

export const traitsOf = (op: OpName): Traits => TRAITS[op];

export const OP_NAMES: readonly OpName[] = Object.keys(TRAITS) as OpName[];
