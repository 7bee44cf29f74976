// The table of all ops. A name without a block is a compile error: here, or in `late.ts`.

import { notFetched } from "../checks/not-fetched.ts";
import type { OpName } from "../ir/op-table.ts";
import type { Op } from "./define.ts";
import { argmax } from "./rules/along/argmax.ts";
import * as binary from "./rules/binary.ts";
import * as comparison from "./rules/comparison.ts";
import { gather } from "./rules/indexing.ts";
import * as leaves from "./rules/leaves.ts";
import { matmul } from "./rules/matmul.ts";
import * as movement from "./rules/movement.ts";
import { randomBits } from "./rules/random.ts";
import * as reduce from "./rules/reduce.ts";
import * as slicing from "./rules/slicing.ts";
import * as unary from "./rules/unary.ts";

/** The ops that entry points bring, or that are fetched. */
export type LateOp =
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "log2"
  | "log10"
  | "atan2"
  | "erf"
  | "conv"
  | "convGradInput"
  | "convGradKernel"
  | "maxPool"
  | "poolTake"
  | "poolPut"
  | "argsort"
  | "cumsum"
  | "scatterAdd"
  | "scatterMax"
  | "scan"
  | "cond"
  | "whileLoop"
  | "custom"
  | "customTangent";

type Ops = { readonly [N in OpName]: Op<N> };

/** What networks of dense layers and their training are made of. */
const FIRST: { readonly [N in Exclude<OpName, LateOp>]: Op<N> } = {
  ...leaves,
  ...unary,
  ...binary,
  ...comparison,
  ...movement,
  ...slicing,
  ...reduce,
  argmax,
  gather,
  matmul,
  randomBits,
};

const known: Partial<Ops> = { ...FIRST };

/** From now on these ops are there too. */
export function bringOps(ops: Pick<Ops, LateOp>): void {
  Object.assign(known, ops);
}

/** The block of an op, for code that handles all ops alike. */
export function opOf<N extends OpName>(name: N): Op<N> {
  const op = known[name];
  if (op) return op as unknown as Op<N>;
  throw notFetched(name, "neurite");
}
