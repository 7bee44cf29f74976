// One tile of a matrix product: sums in registers, and what becomes of them.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import {
  type Expr,
  f32x4,
  type Local,
  load,
  type Operand,
  op,
  plus,
  times,
} from "../../code/index.ts";
import type { KernelContext, Target } from "../../kernel.ts";
import type { ColumnGroup, Epilogue, MatmulSpec } from "./spec.ts";

/** What the tiles of a block have in common. */
export interface BlockTask {
  readonly context: KernelContext;
  readonly spec: MatmulSpec;
  readonly group: ColumnGroup;
  readonly epilogue: Epilogue;
  readonly batch: readonly Operand[];
  /** Room for one tile, where its epilogue is a loop. */
  readonly tile: Local;
}

/** Where a tile finds its operands in one pass over k, and what it does with its sums. */
export interface Pass {
  readonly column: Local;
  /** Unfinished sums. */
  readonly partial: Local;
  readonly left: Operands;
  readonly right: Operands;
  readonly depth: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The first element; bytes from one k to the next, and from one row of A to the next. */
export interface Operands {
  readonly from: Local;
  readonly stepK: number;
  readonly stepM: number;
}

/** `rows` by `group.vectors` sums in registers, over the k of one pass. */
export function emitTile(task: BlockTask, pass: Pass, row: Operand, rows: number): void {
  const { context, spec, group } = task;
  const { partial } = pass;
  const { f } = context;
  const splatLoad = bytesPerElement(spec.dtype) === 8 ? "v128.load64_splat" : "v128.load32_splat";
  const place = (p: number, v: number) => (p * group.vectors + v) * 16;
  const sums = Array.from({ length: rows }, (_, p) =>
    Array.from({ length: group.vectors }, (_, v) =>
      f.keep(pass.isFirst ? f32x4(0) : load("v128.load", partial, place(p, v)), "sum"),
    ),
  );
  const left = f.keep(pass.left.from, "left");
  const right = f.keep(pass.right.from, "right");
  f.for(0, pass.depth, 1, () => {
    const vectors = Array.from({ length: group.vectors }, (_, v) =>
      f.keep(load("v128.load", right, v * 16), "b"),
    );
    sums.forEach((line, p) => {
      const splat = f.keep(load(splatLoad, left, p * pass.left.stepM), "a");
      line.forEach((sum, v) => {
        f.set(sum, multiplyAdd(context.target, spec.dtype, splat, vectors[v]!, sum));
      });
    });
    f.set(left, plus(left, pass.left.stepK));
    f.set(right, plus(right, pass.right.stepK));
  });
  if (pass.isLast) finishTile(task, pass.column, sums, row);
  else {
    sums.forEach((line, p) => {
      line.forEach((sum, v) => f.store("v128.store", partial, sum, place(p, v)));
    });
  }
}

function multiplyAdd(
  { relaxed }: Target,
  dtype: MatmulSpec["dtype"],
  a: Local,
  b: Local,
  sum: Local,
): Expr {
  if (dtype === "float32" && relaxed) return op("f32x4.relaxed_madd", a, b, sum);
  const type = { float32: "f32x4", float64: "f64x2", int32: "i32x4" }[dtype];
  return op(`${type}.add`, sum, op(`${type}.mul`, a, b));
}

/** Hands a finished tile on: short epilogues beside each sum, long ones row by row in a loop. */
function finishTile(
  task: BlockTask,
  column: Local,
  sums: readonly (readonly Local[])[],
  row: Operand,
): void {
  const { context, spec, group, epilogue, batch, tile } = task;
  const { f } = context;
  const lanes = 16 / bytesPerElement(spec.dtype);
  const vectors = group.vectors;
  const hand = (at: Operand, v: Operand, valid: number, value: Local) => {
    const place = f.keep(plus(column, times(v, lanes)), "at");
    epilogue({ batch, row: f.keep(plus(row, at), "row"), column: place, lanes: valid }, value);
  };
  const validOf = (v: number) => (v === vectors - 1 ? group.lastLanes : lanes);
  if (spec.short) {
    sums.forEach((line, p) => {
      line.forEach((sum, v) => hand(p, v, validOf(v), sum));
    });
    return;
  }
  sums.forEach((line, p) => {
    line.forEach((sum, v) => f.store("v128.store", tile, sum, (p * vectors + v) * 16));
  });
  f.for(0, sums.length, 1, (p) => {
    const line = f.keep(plus(tile, times(p, vectors * 16)), "line");
    for (let v = 0; v < vectors; v++) {
      hand(p, v, validOf(v), f.keep(load("v128.load", line, v * 16), "sum"));
    }
  });
}
