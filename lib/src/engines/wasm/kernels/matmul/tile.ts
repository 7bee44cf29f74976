// One tile of a matrix product: sums in registers over the k of one pass, and what becomes of them.

import { type Local, type Operand, op, plus, times } from "../../code/index.ts";
import type { KernelContext } from "../kernel.ts";
import type { ColumnBlock } from "../tile/columns.ts";
import type { SumsCorner, SumsFinish } from "../tile/finish.ts";
import { accumulate, type FactorSteps, loadSums, storeSums, zeroSums } from "../tile/sums.ts";
import type { MatmulSpec } from "./spec.ts";

/** What the tiles of a block have in common. */
export interface TileContext {
  readonly context: KernelContext;
  readonly spec: MatmulSpec;
  readonly finish: SumsFinish;
  readonly columns: ColumnBlock;
  readonly batch: readonly Operand[];
  /** Memory for one tile. */
  readonly room: Local;
}

/** Where a tile finds its operands in one pass over k, and what it does with its sums. */
export interface DepthPass {
  readonly corner: SumsCorner;
  /** How many of its first rows another tile has finished. */
  readonly known: Operand;
  /** Where sums wait for the next pass, if there are several; and whether this is the last. */
  readonly partial: Local | null;
  readonly isLast: Local | null;
  readonly left: FactorSteps;
  readonly right: FactorSteps;
  readonly depth: Operand;
}

/** Sums in registers, over the k of one pass. */
export function emitTile(task: TileContext, pass: DepthPass): void {
  const { context, spec, finish, columns, room } = task;
  const { f } = context;
  const { corner, known, partial, isLast, depth } = pass;
  const { rows, vectors } = columns;
  if (!partial || !isLast) {
    const sums = zeroSums(f, rows, vectors);
    accumulate(context, spec.dtype, sums, pass, depth);
    finish.sums(corner, sums, known, room);
    return;
  }
  const sums = loadSums(f, rows, vectors, partial);
  accumulate(context, spec.dtype, sums, pass, depth);
  storeSums(f, sums, partial);
  f.if(isLast, () => {
    const step = vectors * 16;
    const from = f.keep(plus(partial, times(known, step)), "from");
    const row = f.keep(plus(corner.row, known), "row");
    finish.stored({ ...corner, row }, op("i32.sub", rows, known), from, step);
  });
}
