// The table of all ops. A name without a block is a compile error.

import type { OpName } from "../ir/op-table.ts";
import type { Op } from "./define.ts";
import * as binary from "./rules/binary.ts";
import * as comparison from "./rules/comparison.ts";
import { cond } from "./rules/control/cond.ts";
import { whileLoop } from "./rules/control/while.ts";
import * as conv from "./rules/conv/conv.ts";
import * as custom from "./rules/custom.ts";
import * as indexing from "./rules/indexing.ts";
import * as leaves from "./rules/leaves.ts";
import { matmul } from "./rules/matmul.ts";
import * as movement from "./rules/movement.ts";
import * as pool from "./rules/pool/pool.ts";
import { randomBits } from "./rules/random.ts";
import * as reduce from "./rules/reduce.ts";
import { scan } from "./rules/scan/scan.ts";
import * as slicing from "./rules/slicing.ts";
import * as sort from "./rules/sort.ts";
import * as trigonometry from "./rules/trigonometry.ts";
import * as unary from "./rules/unary.ts";

export const OPS: { readonly [N in OpName]: Op<N> } = {
  ...leaves,
  ...unary,
  ...trigonometry,
  ...binary,
  ...comparison,
  ...movement,
  ...slicing,
  ...reduce,
  ...sort,
  ...indexing,
  ...conv,
  ...pool,
  ...custom,
  matmul,
  randomBits,
  scan,
  cond,
  whileLoop,
};

export const OP_NAMES: readonly OpName[] = Object.keys(OPS) as OpName[];

/** The block of an op, for code that handles all ops alike. */
export function opOf<N extends OpName>(name: N): Op<N> {
  return OPS[name] as unknown as Op<N>;
}
