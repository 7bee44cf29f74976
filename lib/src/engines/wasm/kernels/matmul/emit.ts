// Register-tiled matrix products. Every element is one chain of multiply-adds, k after k, whatever the
// tile, so that a product has the same bits however it was compiled.

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
import { type Place, pointerTo } from "../../place.ts";
import { indicesOf } from "../loop/axes.ts";
import { depthOf, emitPanel, isPacked, panelBytes } from "./panel.ts";
import {
  type ColumnGroup,
  columnGroups,
  type Epilogue,
  type MatmulSpec,
  matmulUnits,
} from "./spec.ts";

/** Room for one tile: at most 15 vectors. */
const TILE_BYTES = 256;

interface Layout {
  /** Bytes of one caller's region: a panel, a tile, and unfinished sums. */
  readonly bytes: number;
  readonly tile: number;
  readonly partial: number;
}

function layoutOf(spec: MatmulSpec, target: Target): Layout {
  const widest = Math.max(0, ...columnGroups(spec, target).map(({ vectors }) => vectors));
  const tile = panelBytes(spec, widest);
  const partial = tile + TILE_BYTES;
  const deep = depthOf(spec) < spec.k;
  return { tile, partial, bytes: partial + (deep ? spec.m * widest * 16 : 0) };
}

export function matmulScratch(spec: MatmulSpec, target: Target): number {
  return matmulUnits(spec, target) * layoutOf(spec, target).bytes;
}

/** Computes units [lo, hi): groups of columns of one product of the batch after the other. */
export function emitMatmul(
  context: KernelContext,
  spec: MatmulSpec,
  scratch: Place | null,
  epilogue: Epilogue,
): void {
  const { f, lo, hi, target } = context;
  const groups = columnGroups(spec, target);
  const perProduct = groups.reduce((sum, { count }) => sum + count, 0);
  const layout = layoutOf(spec, target);
  // Callers that share the work start at different units, so no two use one region.
  const region = f.keep(scratch ? plus(pointerTo(scratch), times(lo, layout.bytes)) : 0, "region");
  f.for(lo, hi, 1, (unit) => {
    const product = f.keep(op("i32.div_u", unit, perProduct), "product");
    const number = f.keep(op("i32.rem_u", unit, perProduct), "group");
    const batch = indicesOf(f, product, spec.batch);
    const [a, b] = [spec.a, spec.b].map((place) => f.keep(start(place, batch), "start")) as [
      Local,
      Local,
    ];
    let before = 0;
    const choose = ([group, ...rest]: readonly ColumnGroup[]): void => {
      if (!group) return;
      const first = before;
      before += group.count;
      const run = () => {
        const step = group.vectors * (16 / bytesPerElement(spec.dtype));
        const column = f.keep(
          plus(times(op("i32.sub", number, first), step), group.column),
          "column",
        );
        emitGroup({ context, spec, group, epilogue, layout, region, batch, a, b, column });
      };
      if (rest.length === 0) run();
      else f.if(op("i32.lt_u", number, before), run, () => choose(rest));
    };
    choose(groups);
  });
}

/** The address of a matrix of the batch. */
function start(place: Place, batch: readonly Operand[]): Expr {
  const size = bytesPerElement(place.dtype);
  return batch.reduce<Expr>(
    (sum, at, axis) => plus(sum, times(at, place.strides[axis]! * size)),
    pointerTo(place),
  );
}

interface GroupTask {
  readonly context: KernelContext;
  readonly spec: MatmulSpec;
  readonly group: ColumnGroup;
  readonly epilogue: Epilogue;
  readonly layout: Layout;
  readonly region: Local;
  readonly batch: readonly Operand[];
  readonly a: Local;
  readonly b: Local;
  readonly column: Local;
}

function emitGroup(task: GroupTask): void {
  const { context, spec, group, region, a, b, column } = task;
  const { f } = context;
  const size = bytesPerElement(spec.dtype);
  const [strideK, strideN] = spec.b.strides.slice(-2) as [number, number];
  const packed = isPacked(spec);
  const depth = depthOf(spec);
  const top = f.keep(plus(b, times(column, strideN * size)), "b");
  for (let from = 0; from === 0 || from < spec.k; from += depth) {
    const deep = Math.min(depth, spec.k - from);
    const rows = f.keep(plus(top, from * strideK * size), "rows");
    if (packed) emitPanel(f, spec, group, rows, region, deep);
    const pass = {
      source: packed ? region : rows,
      step: packed ? group.vectors * 16 : strideK * size,
      a: f.keep(plus(a, from * spec.a.strides.at(-1)! * size), "a"),
      depth: deep,
      isFirst: from === 0,
      isLast: from + depth >= spec.k,
    };
    const whole = spec.m - (spec.m % group.rows);
    f.for(0, whole, group.rows, (row) => emitTile(task, pass, row, group.rows));
    if (whole < spec.m) emitTile(task, pass, whole, spec.m - whole);
  }
}

interface Pass {
  readonly source: Local;
  /** Bytes from one k to the next in `source`. */
  readonly step: number;
  readonly a: Local;
  readonly depth: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function emitTile(task: GroupTask, pass: Pass, row: Operand, rows: number): void {
  const { context, spec, group, layout, region } = task;
  const { f } = context;
  const size = bytesPerElement(spec.dtype);
  const [strideM, strideK] = spec.a.strides.slice(-2).map((stride) => stride * size) as [
    number,
    number,
  ];
  const partial = f.keep(
    plus(plus(region, layout.partial), times(row, group.vectors * 16)),
    "partial",
  );
  const place = (p: number, v: number) => (p * group.vectors + v) * 16;
  const sums = Array.from({ length: rows }, (_, p) =>
    Array.from({ length: group.vectors }, (_, v) =>
      f.keep(pass.isFirst ? f32x4(0) : load("v128.load", partial, place(p, v)), "sum"),
    ),
  );
  const left = f.keep(plus(pass.a, times(row, strideM)), "left");
  const right = f.keep(pass.source, "right");
  f.for(0, pass.depth, 1, () => {
    const vectors = Array.from({ length: group.vectors }, (_, v) =>
      f.keep(load("v128.load", right, v * 16), "b"),
    );
    sums.forEach((line, p) => {
      const splat = f.keep(
        load(size === 8 ? "v128.load64_splat" : "v128.load32_splat", left, p * strideM),
        "a",
      );
      line.forEach((sum, v) => {
        f.set(sum, multiplyAdd(context.target, spec.dtype, splat, vectors[v]!, sum));
      });
    });
    f.set(left, plus(left, strideK));
    f.set(right, plus(right, pass.step));
  });
  if (pass.isLast) finishTile(task, sums, row);
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

/** Hands a finished tile on: short epilogues beside each sum, long ones once in a loop. */
function finishTile(task: GroupTask, sums: readonly (readonly Local[])[], row: Operand): void {
  const { context, spec, group, epilogue, layout, region, batch, column } = task;
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
  const tile = f.keep(plus(region, layout.tile), "tile");
  sums.forEach((line, p) => {
    line.forEach((sum, v) => f.store("v128.store", tile, sum, (p * vectors + v) * 16));
  });
  const read = (p: Operand, v: Operand) =>
    f.keep(load("v128.load", plus(tile, times(plus(times(p, vectors), v), 16))), "sum");
  const whole = validOf(vectors - 1) === lanes ? vectors : vectors - 1;
  f.for(0, sums.length, 1, (p) => {
    f.for(0, whole, 1, (v) => hand(p, v, lanes, read(p, v)));
    if (whole < vectors) hand(p, whole, group.lastLanes, read(p, whole));
  });
}
