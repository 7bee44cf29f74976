// Operands side by side in scratch memory: panels of B for a block of columns, strips of A for a tile.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import {
  type FunctionBuilder,
  type Local,
  lane,
  load,
  type Operand,
  plus,
  times,
} from "../../code/index.ts";
import {
  HIGH_HALVES,
  HIGH_WORDS_PAIRED,
  LOW_HALVES,
  LOW_WORDS_PAIRED,
} from "../../code/shuffles.ts";
import { scalarLoad, scalarStore } from "../loop/registers.ts";
import type { ColumnBlock } from "../tile/columns.ts";
import { depthOf, isPacked, type MatmulSpec } from "./spec.ts";

/** Bytes of a panel for a block that is `vectors` wide. */
export function panelBytes(spec: MatmulSpec, vectors: number): number {
  return isPacked(spec) ? depthOf(spec) * vectors * 16 + 64 : 0;
}

/** Fills a panel with rows `from` to `from + depth` of B; `b` points at the first column of the block. */
export function emitPanel(
  f: FunctionBuilder,
  spec: MatmulSpec,
  columns: ColumnBlock,
  b: Operand,
  panel: Local,
  depth: number,
): void {
  const size = bytesPerElement(spec.dtype);
  const [strideK, strideN] = spec.b.strides.slice(-2).map((stride) => stride * size) as [
    number,
    number,
  ];
  const lanes = 16 / size;
  const width = columns.vectors * 16;
  if (strideN === size) {
    const [from, to] = [f.keep(b, "from"), f.keep(panel, "to")];
    f.for(0, depth, 1, () => {
      for (let v = 0; v < columns.vectors; v++) {
        f.store("v128.store", to, load("v128.load", from, v * 16), v * 16);
      }
      f.set(from, plus(from, strideK));
      f.set(to, plus(to, width));
    });
    return;
  }
  const vector = (v: Operand, valid: number) => {
    const first = f.keep(plus(b, times(v, lanes * strideN)), "column");
    const to = f.keep(plus(panel, times(v, 16)), "to");
    const whole = size === 4 && strideK === 4 && valid === 4 ? depth - (depth % 4) : 0;
    f.for(0, whole, 4, (k) => {
      const rows = f.keep(plus(to, times(k, width)));
      transpose(f, f.keep(plus(first, times(k, 4))), strideN, rows, width);
    });
    f.for(whole, depth, 1, (k) => {
      const from = f.keep(plus(first, times(k, strideK)));
      const row = f.keep(plus(to, times(k, width)));
      for (let j = 0; j < valid; j++) {
        const element = scalarLoad(spec.dtype, plus(from, j * strideN), 0);
        scalarStore(f, spec.dtype, row, element, j * size);
      }
    });
  };
  const whole = columns.lastLanes === lanes ? columns.vectors : columns.vectors - 1;
  f.for(0, whole, 1, (v) => vector(v, lanes));
  if (whole < columns.vectors) vector(whole, columns.lastLanes);
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

/** Bytes of a strip of `rows` rows. */
export function stripBytes(spec: MatmulSpec, rows: number): number {
  return depthOf(spec) * rows * bytesPerElement(spec.dtype) + 64;
}

/** Copies `rows` neighbouring numbers for each k; the overhang is overwritten by the next k. */
export function emitStrip(
  f: FunctionBuilder,
  spec: MatmulSpec,
  start: Local,
  strip: Local,
  rows: number,
  depth: number,
): void {
  const size = bytesPerElement(spec.dtype);
  const [from, to] = [f.keep(start, "from"), f.keep(strip, "to")];
  f.for(0, depth, 1, () => {
    for (let at = 0; at < rows * size; at += 16) {
      f.store("v128.store", to, load("v128.load", from, at), at);
    }
    f.set(from, plus(from, spec.a.strides.at(-1)! * size));
    f.set(to, plus(to, rows * size));
  });
}
