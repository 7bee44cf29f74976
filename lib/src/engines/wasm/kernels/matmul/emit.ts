// Register-tiled matrix products. Every element is one chain of multiply-adds, k after k, whatever the
// tile, so that a product has the same bits however it was compiled.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { type Expr, type Local, load, type Operand, op, plus, times } from "../../code/index.ts";
import { type ArrayPlace, pointerTo } from "../../memory/place.ts";
import type { KernelContext } from "../kernel.ts";
import { indicesOf } from "../loop/axes.ts";
import { type ColumnBlock, chooseBlock, columnBlocks, validColumns } from "../tile/columns.ts";
import { type EpilogueIn, finisher } from "../tile/finish.ts";
import { type FactorSteps, lanesOf } from "../tile/sums.ts";
import { deepPanel, deepPanelAt } from "./kept.ts";
import { layoutOf, type ScratchLayout } from "./layout.ts";
import { emitPanels, emitStrip } from "./panel.ts";
import {
  depthOf,
  groupOf,
  hasStrips,
  isByPanels,
  isPacked,
  type PlacedMatmul,
  rowsOf,
  spanOf,
  unitsOf,
  unitsOfBlock,
} from "./spec.ts";
import { emitTile, type TileContext } from "./tile.ts";

/** Computes units [lo, hi): blocks of columns of one product of the batch after the other, neighbours together. */
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
      const most = spanOf(spec, columns, target);
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
  readonly spec: PlacedMatmul;
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

/** All products of the block's sums, in passes over k. */
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

/**
 * Strips are made once, panels some at a time. Either each panel goes over all rows, or each tile of rows
 * over the panels, so that rows of A are read from near by.
 */
function emitPass(block: Block, pass: BlockPass): void {
  const { context, spec, columns, layout, region, b, wide, first } = block;
  const { f } = context;
  const { from, depth } = pass;
  const size = bytesPerElement(spec.dtype);
  const [strideK, strideN] = spec.b.strides.slice(-2) as [number, number];
  const width = columns.vectors * lanesOf(spec.dtype);
  const start = f.keep(plus(b, times(from, strideK * size)), "start");
  const columnOf = (g: Operand) =>
    f.keep(plus(times(plus(first, g), width), columns.column), "column");
  const rightOf = (column: Local) => f.keep(plus(start, times(column, strideN * size)), "rows");
  if (!isPacked(spec)) {
    const column = columnOf(0);
    const right = { from: rightOf(column), stepK: strideK * size, stepM: 0 };
    forTiles(block, (tile) => {
      emitSums(block, pass, tile, leftOf(block, tile.row, from), { column, number: 0, right });
    });
    return;
  }
  const strip = hasStrips(spec) ? emitStrips(block, pass) : null;
  const most = groupOf(spec, columns, context.target);
  const panels = f.keep(plus(region, layout.panels), "panels");
  const before = times(from, columns.vectors * 16);
  const { kept, isReady } = spec;
  const stay = spec.panels;
  const step = stay === null ? layout.panel : deepPanel(spec, columns.vectors);
  f.for(0, wide, most, (group) => {
    const end = f.min(plus(group, most), wide, "end");
    const column = columnOf(group);
    const count = f.keep(op("i32.sub", end, group), "count");
    const first =
      stay === null ? panels : f.keep(plus(deepPanelAt(spec, stay, column), before), "kept");
    const make = () =>
      emitPanels(f, spec, {
        columns,
        column,
        count,
        depth,
        b: rightOf(column),
        panels: first,
        step,
      });
    if (kept) f.if(op("i32.eqz", load("i32.load", 0, kept.flag)), make);
    else if (!isReady) make();
    const eachPanel = (body: (panel: ColumnPass) => void) =>
      f.for(group, end, 1, (number) => {
        const at = times(op("i32.sub", number, group), step);
        const panel = f.keep(plus(first, at), "panel");
        const right = { from: panel, stepK: columns.vectors * 16, stepM: 0 };
        body({ column: columnOf(number), number, right });
      });
    const leftAt = (tile: TileRows) =>
      strip ? stripOf(block, strip, tile) : leftOf(block, tile.row, from);
    if (isByPanels(spec, context.target)) {
      eachPanel((panel) => {
        forTiles(block, (tile) => emitSums(block, pass, tile, leftAt(tile), panel));
      });
    } else {
      forTiles(block, (tile) => {
        const left = leftAt(tile);
        eachPanel((panel) => emitSums(block, pass, tile, left, panel));
      });
    }
  });
}

/** A tile of rows: where it would begin if it did not end with the last row, and where it does. */
interface TileRows {
  readonly nominal: Local;
  readonly row: Local;
  /** Rows from the first of the part. */
  readonly below: Operand;
}

/** Rows of the part, tile by tile. */
function forTiles(
  { context: { f }, spec: { m }, columns: { rows }, height, part }: Block,
  body: (tile: TileRows) => void,
): void {
  const top = part === 0 ? 0 : f.keep(times(part, height), "top");
  const bottom = part === 0 ? m : f.min(plus(top, height), m);
  f.for(top, bottom, rows, (nominal) => {
    const row = m % rows === 0 ? nominal : f.min(nominal, m - rows, "row");
    body({ nominal, row, below: top === 0 ? nominal : op("i32.sub", nominal, top) });
  });
}

/** A block of columns, by its number among those that are computed together, and where its B is. */
interface ColumnPass {
  readonly column: Local;
  readonly number: Operand;
  readonly right: FactorSteps;
}

function emitSums(
  block: Block,
  { isLast, depth }: BlockPass,
  { nominal, row }: TileRows,
  left: FactorSteps,
  { column, number, right }: ColumnPass,
): void {
  const { context, spec, columns, layout, region } = block;
  const { f } = context;
  const { rows, vectors, lastColumns } = columns;
  const waiting = plus(plus(region, layout.partial), times(number, layout.partialStep));
  emitTile(block, {
    corner: {
      batch: block.batch,
      row,
      column,
      columns: validColumns(f, columns, spec, column),
      lastColumns,
    },
    known: spec.m % rows === 0 ? 0 : f.keep(op("i32.sub", nominal, row), "known"),
    partial: isLast && f.keep(plus(waiting, times(nominal, vectors * 16)), "partial"),
    isLast,
    left,
    right,
    depth,
  });
}

/** The rows of A for one tile, where they are. */
function leftOf({ context: { f }, spec, a }: Block, row: Operand, from: Operand): FactorSteps {
  const size = bytesPerElement(spec.dtype);
  const [stepM, stepK] = spec.a.strides.slice(-2).map((stride) => stride * size) as [
    number,
    number,
  ];
  const start = plus(plus(a, times(from, stepK)), times(row, stepM));
  return { from: f.keep(start, "left"), stepK, stepM };
}

/** Rows that are far apart in memory, side by side. */
function emitStrips(block: Block, { from, depth }: BlockPass): Local {
  const { context, spec, columns, layout, region } = block;
  const strip = context.f.keep(plus(region, layout.strip), "strip");
  forTiles(block, (tile) => {
    const { from: to } = stripOf(block, strip, tile);
    emitStrip(context.f, spec, leftOf(block, tile.row, from).from, to, columns.rows, depth);
  });
  return strip;
}

/** The strip of a tile. */
function stripOf(
  { context: { f, target }, spec, columns: { rows } }: Block,
  strip: Local,
  { below }: TileRows,
): FactorSteps {
  const size = bytesPerElement(spec.dtype);
  const from = plus(strip, times(below, depthOf(spec, target) * size));
  return { from: f.keep(from, "left"), stepK: rows * size, stepM: size };
}
