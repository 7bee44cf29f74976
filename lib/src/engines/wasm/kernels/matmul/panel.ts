// Operands side by side in scratch memory: panels of B for a block of columns, strips of A for a tile.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import {
  type Expr,
  type FunctionBuilder,
  type Local,
  lane,
  load,
  type Operand,
  op,
  plus,
  select,
  times,
} from "../../code/index.ts";
import {
  HIGH_HALVES,
  HIGH_WORDS_PAIRED,
  LOW_HALVES,
  LOW_WORDS_PAIRED,
} from "../../code/shuffles.ts";
import type { CompileTarget } from "../kernel.ts";
import { scalarLoad, scalarNumber, scalarStore } from "../loop/registers.ts";
import { type ColumnBlock, validColumns } from "../tile/columns.ts";
import { storeSums } from "../tile/sums.ts";
import { depthOf, isPacked, type MatmulSpec, staysPacked } from "./spec.ts";

/** Bytes of a panel for a block that is `vectors` wide, if it is made anew each time. */
export function panelBytes(spec: MatmulSpec, vectors: number, target: CompileTarget): number {
  return isPacked(spec) && !staysPacked(spec) ? depthOf(spec, target) * vectors * 16 + 64 : 0;
}

/** Panels of neighbouring blocks of columns: `depth` rows of B each. */
interface Panels {
  readonly columns: ColumnBlock;
  /** The first column, and how many panels there are. */
  readonly column: Local;
  readonly count: Operand;
  readonly depth: Operand;
  /** The first element, where the first panel is, and how far it is to the next. */
  readonly b: Local;
  readonly panels: Local;
  readonly step: number;
}

/**
 * Copies panels, all of them row by row, so that memory is read in order. Columns that B does not have hold
 * numbers of whatever follows, or 0.
 */
export function emitPanels(f: FunctionBuilder, spec: MatmulSpec, group: Panels): void {
  const size = bytesPerElement(spec.dtype);
  const [strideK, strideN] = spec.b.strides.slice(-2).map((stride) => stride * size) as [
    number,
    number,
  ];
  const { columns, count, depth, b, step } = group;
  const { vectors } = columns;
  const width = vectors * 16;
  if (strideN !== size) {
    f.for(0, count, 1, (g) => {
      const ahead = f.keep(times(g, width / size), "ahead");
      const valid = validColumns(f, columns, spec, plus(group.column, ahead));
      const start = f.keep(plus(b, times(ahead, strideN)), "start");
      const panel = f.keep(plus(group.panels, times(g, step)), "panel");
      emitTurnedPanel(f, spec, { vectors, valid, depth, b: start, panel }, strideK, strideN);
    });
    return;
  }
  const [from, to] = [f.keep(b, "from"), f.keep(group.panels, "to")];
  f.for(0, depth, 1, () => {
    const [source, target] = [f.keep(from, "source"), f.keep(to, "target")];
    f.for(0, count, 1, () => {
      const row = [
        Array.from({ length: vectors }, (_, v) => f.keep(load("v128.load", source, v * 16))),
      ];
      storeSums(f, row, target);
      f.set(source, plus(source, width));
      f.set(target, plus(target, step));
    });
    f.set(from, plus(from, strideK));
    f.set(to, plus(to, width));
  });
}

interface Panel {
  readonly vectors: number;
  /** How many columns B has there. */
  readonly valid: Operand;
  readonly depth: Operand;
  readonly b: Local;
  readonly panel: Local;
}

/** Columns of B lie `strideN` bytes apart. */
function emitTurnedPanel(
  f: FunctionBuilder,
  { dtype }: MatmulSpec,
  { vectors, valid, depth, b, panel }: Panel,
  strideK: number,
  strideN: number,
): void {
  const size = bytesPerElement(dtype);
  const lanes = 16 / size;
  const width = vectors * 16;
  const isQuick = size === 4 && strideK === 4;
  // Whole vectors of columns are turned four rows at a time, all else is copied number by number.
  const fours = isQuick ? f.keep(op("i32.and", depth, -4), "fours") : 0;
  const quick = isQuick ? f.keep(op("i32.and", valid, -lanes), "quick") : 0;
  f.for(0, quick, lanes, (column) => {
    const from = f.keep(plus(b, times(column, strideN)), "from");
    const to = f.keep(plus(panel, times(column, size)), "to");
    f.for(0, fours, 4, (k) => {
      const rows = f.keep(plus(to, times(k, width)));
      transpose(f, f.keep(plus(from, times(k, 4))), strideN, rows, width);
    });
  });
  f.for(0, vectors * lanes, 1, (column) => {
    const from = f.keep(plus(b, times(column, strideN)), "from");
    const to = f.keep(plus(panel, times(column, size)), "to");
    const put = (k: Local, element: Expr) =>
      scalarStore(f, dtype, f.keep(plus(to, times(k, width))), element, 0);
    const done = isQuick ? f.keep(select(op("i32.lt_s", column, quick), fours, 0)) : 0;
    f.if(
      op("i32.lt_s", column, valid),
      () =>
        f.for(done, depth, 1, (k) => {
          put(k, scalarLoad(dtype, f.keep(plus(from, times(k, strideK))), 0));
        }),
      () => f.for(0, depth, 1, (k) => put(k, scalarNumber(dtype, 0))),
    );
  });
}

/** Four columns of four numbers each, `stride` bytes apart, as four rows `width` bytes apart. */
function transpose(
  f: FunctionBuilder,
  from: Local,
  stride: number,
  to: Local,
  width: number,
): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((j) =>
    f.keep(load("v128.load", plus(from, j * stride))),
  ) as [Local, Local, Local, Local];
  const mix = (lanes: readonly number[], x: Operand, y: Operand) =>
    f.keep(lane("i8x16.shuffle", lanes, x, y));
  const [ab, cd] = [mix(LOW_WORDS_PAIRED, a, b), mix(LOW_WORDS_PAIRED, c, d)];
  const [ab2, cd2] = [mix(HIGH_WORDS_PAIRED, a, b), mix(HIGH_WORDS_PAIRED, c, d)];
  const rows = [
    [LOW_HALVES, ab, cd],
    [HIGH_HALVES, ab, cd],
    [LOW_HALVES, ab2, cd2],
    [HIGH_HALVES, ab2, cd2],
  ] as const;
  rows.forEach(([half, x, y], i) => {
    f.store("v128.store", to, lane("i8x16.shuffle", half, x, y), i * width);
  });
}

/** Bytes of strips of so many rows together. */
export function stripBytes(spec: MatmulSpec, rows: number, target: CompileTarget): number {
  return depthOf(spec, target) * rows * bytesPerElement(spec.dtype) + 64;
}

/** Copies `rows` neighbouring numbers for each k; the overhang is overwritten by the next k. */
export function emitStrip(
  f: FunctionBuilder,
  spec: MatmulSpec,
  start: Local,
  strip: Local,
  rows: number,
  depth: Operand,
): void {
  const size = bytesPerElement(spec.dtype);
  const [from, to] = [f.keep(start, "from"), f.keep(strip, "to")];
  const vectors = Math.ceil((rows * size) / 16);
  f.for(0, depth, 1, () => {
    const line = [
      Array.from({ length: vectors }, (_, v) => f.keep(load("v128.load", from, v * 16))),
    ];
    storeSums(f, line, to);
    f.set(from, plus(from, spec.a.strides.at(-1)! * size));
    f.set(to, plus(to, rows * size));
  });
}
