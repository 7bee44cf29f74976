// How each op is computed: the table that a new op needs a row in.

import type { OpName } from "../../../ir/op-table.ts";

type Kind =
  /** A number at each place from the numbers at that place of its operands: fused into any kernel. */
  | "elementwise"
  /** Only another way to see an array: followed, not carried out. */
  | "movement"
  /** Folds what it computes on the fly; elementwise ops are fused behind it. */
  | "reduction"
  /** Sums of products over whole arrays; elementwise ops are fused behind it. */
  | "contraction"
  /** A kernel of its own, from whole arrays to whole arrays. */
  | "special"
  /** Data, or made up where it is needed. */
  | "source"
  /** Programs within the program. */
  | "loop"
  /** Gone before a graph is compiled. */
  | "inlined";

const KINDS = {
  constant: "source",
  iota: "source",
  randomBits: "special",
  neg: "elementwise",
  exp: "elementwise",
  expm1: "elementwise",
  log: "elementwise",
  log1p: "elementwise",
  sqrt: "elementwise",
  sin: "elementwise",
  cos: "elementwise",
  tanh: "elementwise",
  sigmoid: "elementwise",
  erf: "elementwise",
  tan: "elementwise",
  asin: "elementwise",
  acos: "elementwise",
  atan: "elementwise",
  sinh: "elementwise",
  cosh: "elementwise",
  asinh: "elementwise",
  acosh: "elementwise",
  atanh: "elementwise",
  log2: "elementwise",
  log10: "elementwise",
  floor: "elementwise",
  round: "elementwise",
  not: "elementwise",
  cast: "elementwise",
  stopGradient: "elementwise",
  add: "elementwise",
  sub: "elementwise",
  mul: "elementwise",
  div: "elementwise",
  pow: "elementwise",
  mod: "elementwise",
  atan2: "elementwise",
  max: "elementwise",
  min: "elementwise",
  eq: "elementwise",
  lt: "elementwise",
  and: "elementwise",
  or: "elementwise",
  where: "elementwise",
  reshape: "movement",
  transpose: "movement",
  expand: "movement",
  slice: "movement",
  flip: "movement",
  pad: "special",
  concat: "special",
  sum: "reduction",
  reduceMax: "reduction",
  argmax: "special",
  cumsum: "special",
  argsort: "special",
  gather: "special",
  scatterAdd: "special",
  scatterMax: "special",
  matmul: "contraction",
  conv: "contraction",
  convGradInput: "contraction",
  convGradKernel: "contraction",
  maxPool: "special",
  poolTake: "special",
  poolPut: "special",
  scan: "loop",
  cond: "loop",
  whileLoop: "loop",
  custom: "inlined",
  customTangent: "inlined",
} as const;

/** The same, known to have a row for every op and no other. */
const kindOf: Readonly<Record<OpName, Kind>> = KINDS;

/** The ops of one kind, so that tables of their code cannot lack one. */
export type OpOf<K extends Kind> = {
  [N in OpName]: (typeof KINDS)[N] extends K ? N : never;
}[OpName];

export const isElementwise = (op: OpName): boolean => kindOf[op] === "elementwise";
export const isMovement = (op: OpName): boolean => kindOf[op] === "movement";
export const isContraction = (op: OpName): boolean => kindOf[op] === "contraction";
/** Reductions compute what they add up on the fly; other heads need their operands in memory. */
export const isReduction = (op: OpName): boolean => kindOf[op] === "reduction";
