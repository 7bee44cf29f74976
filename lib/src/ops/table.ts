// The table of all ops. A name without a block is a compile error.

import type { OpName } from "../ir/op-table.ts";
import * as binary from "./binary.ts";
import * as conv from "./conv.ts";
import * as custom from "./custom.ts";
import type { Op } from "./define.ts";
import * as indexing from "./indexing.ts";
import * as leaves from "./leaves.ts";
import { matmul } from "./matmul.ts";
import * as movement from "./movement.ts";
import * as pool from "./pool.ts";
import { randomBits } from "./random.ts";
import * as reduce from "./reduce.ts";
import { scan } from "./scan.ts";
import * as sort from "./sort.ts";
import * as unary from "./unary.ts";

export const OPS: { readonly [N in OpName]: Op<N> } = {
  ...leaves,
  ...unary,
  ...binary,
  ...movement,
  ...reduce,
  ...sort,
  ...indexing,
  ...conv,
  ...pool,
  ...custom,
  matmul,
  randomBits,
  scan,
};

export const OP_NAMES: readonly OpName[] = Object.keys(OPS) as OpName[];

/** The block of an op, for code that handles all ops alike. */
export function opOf<N extends OpName>(name: N): Op<N> {
  return OPS[name] as unknown as Op<N>;
}
