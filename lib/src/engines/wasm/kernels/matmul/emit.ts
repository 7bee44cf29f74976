// Register-tiled matrix products. Every element is one chain of multiply-adds, k after k, whatever the
// tile, so that a product has the same bits however it was compiled.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { type Expr, type Local, type Operand, op, plus, times } from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import type { KernelContext } from "../kernel.ts";
import { indicesOf } from "../loop/axes.ts";
import { type ColumnBlock, chooseBlock, columnBlocks, validColumns } from "../tile/columns.ts";
import { type EpilogueIn, finisher } from "../tile/finish.ts";
import { type FactorSteps, lanesOf } from "../tile/sums.ts";
import { layoutOf, type ScratchLayout } from "./layout.ts";
import { emitPanel, emitStrip } from "./panel.ts";
import {
  blockOf,
  depthOf,
  hasStrips,
  isPacked,
  type PlacedMatmul,
  rowsOf,
  unitsOf,
  unitsOfBlock,
} from "./spec.ts";
import { emitTile, type TileContext } from "./tile.ts";

/**
 * Computes units [lo, hi): blocks of columns of one product of the batch after the other, neighbours
 * together as far as panels for them fit the cache.
 */
export function emitMatmul(
  context: KernelContext,
  spec: PlacedMatmul,
  scratch: ArrayPlace | null,
  epilogueIn: EpilogueIn,
): void {
  const { f, lo, hi, target } = context;
  const { dtype, short = false, k: depth, n: columns } = spec;
  const form = { dtype, short, depth, columns, rank: spec.batch.length };
  const finish = finisher(context, form, epilogueIn);
  const blocks = columnBlocks(spec, target);
  const perProduct = unitsOf(spec, blocks);
  const layout = layoutOf(spec, target);
  const region = f.keep(scratch ? pointerTo(scratch) : 0, "region");
  const unit = f.keep(lo, "unit");
  const isLeft = () => op("i32.lt_s", unit, hi);
  f.while(isLeft, () => {
    const product = f.keep(op("i32.div_u", unit, perProduct), "product");
    const number = f.keep(op("i32.rem_u", unit, perProduct), "number");
    const batch = indicesOf(f, product, spec.batch);
    const [a, b] = [spec.a, spec.b].map((place) => f.keep(start(place, batch), "start")) as [
      Local,
      Local,
    ];
    const unitsOfKind = (columns: ColumnBlock) => unitsOfBlock(spec, blocks, columns);
    chooseBlock(f, blocks, number, unitsOfKind, (columns, own) => {
      const most = blockOf(spec, columns, target);
      const height = rowsOf(spec, blocks, columns.rows);
      const parts = Math.ceil(spec.m / height);
      const part = parts === 1 ? 0 : f.keep(op("i32.div_u", own, columns.count), "part");
      const first = parts === 1 ? own : f.keep(op("i32.rem_u", own, columns.count), "first");
      const inKind = f.min(op("i32.sub", columns.count, first), most);
      const wide = most === 1 ? 1 : f.min(op("i32.sub", hi, unit), inKind);
      const room = f.keep(plus(region, layout.tile), "room");
      const task = { context, spec, finish, columns, batch, room };
      emitBlock({ ...task, layout, region, a, b, wide, first, height, part });
      f.set(unit, plus(unit, wide));
    });
  });
}

/** The address of a matrix of the batch. */
function start(place: ArrayPlace, batch: readonly Operand[]): Expr {
  const size = bytesPerElement(place.dtype);
  return batch.reduce<Expr>(
    (sum, at, axis) => plus(sum, times(at, place.strides[axis]! * size)),
    pointerTo(place),
  );
}

interface Block extends TileContext {
  readonly layout: ScratchLayout;
  readonly region: Local;
  readonly a: Local;
  readonly b: Local;
  /** How many blocks of columns stand side by side, and the number of the first. */
  readonly wide: Operand;
  readonly first: Local;
  /** Rows of a part, and the number of this one. */
  readonly height: number;
  readonly part: Operand;
}

/** Tiles of rows go over all panels of the block, so that rows of A are read from near by. */
function emitBlock(block: Block): void {
  const { context, spec, region, layout, wide } = block;
  const { f } = context;
  const { k } = spec;
  const depth = depthOf(spec, context.target);
  if (depth >= k) {
    emitPass(block, { from: 0, depth: k, isLast: null });
    return;
  }
  const partial = f.keep(plus(region, layout.partial), "partial");
  f.do(op("memory.fill", partial, 0, times(wide, layout.partialStep)));
  f.for(0, k, depth, (from) => {
    const left = op("i32.sub", k, from);
    const isLast = f.keep(op("i32.le_s", left, depth), "last");
    emitPass(block, { from, depth: f.min(left, depth, "depth"), isLast });
  });
}

/** Some of the products of every sum. */
interface BlockPass {
  readonly from: Operand;
  readonly depth: Operand;
  /** No more products follow; null where these are all, so that sums never wait in memory. */
  readonly isLast: Local | null;
}

function emitPass(block: Block, { from, depth, isLast }: BlockPass): void {
  const { context, spec, columns, layout, region, b, wide, first, height, part } = block;
  const { f } = context;
  const size = bytesPerElement(spec.dtype);
  const [strideK, strideN] = spec.b.strides.slice(-2) as [number, number];
  const packed = isPacked(spec);
  const { vectors, rows, lastColumns } = columns;
  const width = vectors * lanesOf(spec.dtype);
  const columnOf = (g: Operand) =>
    f.keep(plus(times(plus(first, g), width), columns.column), "column");
  const start = f.keep(plus(b, times(from, strideK * size)), "start");
  const rightOf = (column: Local) => f.keep(plus(start, times(column, strideN * size)), "rows");
  const panelOf = (g: Operand) => f.keep(plus(region, times(g, layout.panel)), "panel");
  if (packed) {
    f.for(0, wide, 1, (g) => {
      const column = columnOf(g);
      const valid = validColumns(f, columns, spec, column);
      emitPanel(f, spec, { vectors, valid, depth, b: rightOf(column), panel: panelOf(g) });
    });
  }
  const tiles = (nominal: Local) => {
    // The last tile ends with the last row, and so knows some rows from the tile before it.
    const row = spec.m % rows === 0 ? nominal : f.min(nominal, spec.m - rows, "row");
    const known = spec.m % rows === 0 ? 0 : f.keep(op("i32.sub", nominal, row), "known");
    const left = leftOf(block, row, from, depth);
    f.for(0, wide, 1, (g) => {
      const column = columnOf(g);
      const partial = plus(plus(region, layout.partial), times(g, layout.partialStep));
      emitTile(block, {
        corner: {
          batch: block.batch,
          row,
          column,
          columns: validColumns(f, columns, spec, column),
          lastColumns,
        },
        known,
        partial: isLast && f.keep(plus(partial, times(nominal, vectors * 16)), "partial"),
        isLast,
        left,
        right: packed
          ? { from: panelOf(g), stepK: vectors * 16, stepM: 0 }
          : { from: rightOf(column), stepK: strideK * size, stepM: 0 },
        depth,
      });
    });
  };
  if (part === 0) f.for(0, spec.m, rows, tiles);
  else {
    const top = f.keep(times(part, height), "top");
    f.for(top, f.min(plus(top, height), spec.m), rows, tiles);
  }
}

/** The rows of A for one tile, from a strip where they are far apart in memory. */
function leftOf(
  { context, spec, columns: { rows }, layout, region, a }: Block,
  row: Operand,
  from: Operand,
  depth: Operand,
): FactorSteps {
  const { f } = context;
  const size = bytesPerElement(spec.dtype);
  const [stepM, stepK] = spec.a.strides.slice(-2).map((stride) => stride * size) as [
    number,
    number,
  ];
  const start = f.keep(plus(plus(a, times(from, stepK)), times(row, stepM)), "left");
  if (!hasStrips(spec)) return { from: start, stepK, stepM };
  const strip = f.keep(plus(region, layout.strip), "strip");
  emitStrip(f, spec, start, strip, rows, depth);
  return { from: strip, stepK: rows * size, stepM: size };
}
