// One tile of a matrix product: sums in registers over the k of one pass, and what becomes of them.

import type { Local, Operand } from "../../code/index.ts";
import type { KernelContext } from "../kernel.ts";
import type { ColumnBlock } from "../tile/columns.ts";
import type { Finish } from "../tile/finish.ts";
import { accumulate, type FactorSteps, loadSums, storeSums, zeroSums } from "../tile/sums.ts";
import type { MatmulSpec } from "./spec.ts";

/** What the tiles of a block have in common. */
export interface TileContext {
  readonly context: KernelContext;
  readonly spec: MatmulSpec;
  readonly finish: Finish;
  readonly columns: ColumnBlock;
  readonly batch: readonly Operand[];
  /** Memory for one tile. */
  readonly room: Local;
}

/** Where a tile finds its operands in one pass over k, and what it does with its sums. */
export interface DepthPass {
  readonly column: Local;
  /** Unfinished sums. */
  readonly partial: Local;
  readonly left: FactorSteps;
  readonly right: FactorSteps;
  readonly depth: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** `rows` by `columns.vectors` sums in registers, over the k of one pass. */
export function emitTile(task: TileContext, pass: DepthPass, row: Operand, rows: number): void {
  const { context, spec, finish, columns, batch, room } = task;
  const { f } = context;
  const sums = pass.isFirst
    ? zeroSums(f, rows, columns.vectors)
    : loadSums(f, rows, columns.vectors, pass.partial);
  accumulate(context, spec.dtype, sums, pass, pass.depth);
  const { column } = pass;
  if (pass.isLast) finish.sums({ batch, row, column, lastLanes: columns.lastLanes }, sums, room);
  else storeSums(f, sums, pass.partial);
}
