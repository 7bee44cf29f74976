// Panels of B: the columns of one group, k after k, side by side in scratch memory.

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
import { scalarLoad, scalarStore } from "../loop/registers.ts";
import type { ColumnGroup, MatmulSpec } from "./spec.ts";

/** From this many rows on, reading B from a panel pays for making it. */
const ROWS_TO_PACK = 32;
/** The most k that a panel holds: 16 columns of it are half of a first-level cache. */
const MOST_DEPTH = 512;

export function isPacked({ m, n, b }: MatmulSpec): boolean {
  const unit = b.strides.at(-1) === 1 || n === 1;
  return !unit || m >= ROWS_TO_PACK;
}

/** The k of one pass; products deeper than a panel go on from what they have. */
export function depthOf({ k }: MatmulSpec): number {
  const passes = Math.ceil(k / (MOST_DEPTH * 1.6));
  return Math.max(1, Math.ceil(k / Math.max(1, passes)));
}

/** Bytes of a panel for a group of so many vectors. */
export function panelBytes(spec: MatmulSpec, vectors: number): number {
  return isPacked(spec) ? depthOf(spec) * vectors * 16 + 64 : 0;
}

/** Fills a panel with rows `from` to `from + depth` of B; `b` points at the group's first column. */
export function emitPanel(
  f: FunctionBuilder,
  spec: MatmulSpec,
  group: ColumnGroup,
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
  const width = group.vectors * 16;
  if (strideN === size) {
    const [from, to] = [f.keep(b, "from"), f.keep(panel, "to")];
    f.for(0, depth, 1, () => {
      for (let v = 0; v < group.vectors; v++) {
        f.store("v128.store", to, load("v128.load", from, v * 16), v * 16);
      }
      f.set(from, plus(from, strideK));
      f.set(to, plus(to, width));
    });
    return;
  }
  for (let v = 0; v < group.vectors; v++) {
    const valid = v === group.vectors - 1 ? group.lastLanes : lanes;
    const first = f.keep(plus(b, v * lanes * strideN), "column");
    const whole = size === 4 && strideK === 4 && valid === 4 ? depth - (depth % 4) : 0;
    f.for(0, whole, 4, (k) => {
      transpose(
        f,
        f.keep(plus(first, times(k, 4))),
        strideN,
        f.keep(plus(panel, times(k, width))),
        v * 16,
        width,
      );
    });
    f.for(whole, depth, 1, (k) => {
      const [from, to] = [
        f.keep(plus(first, times(k, strideK))),
        f.keep(plus(panel, times(k, width))),
      ];
      for (let j = 0; j < valid; j++) {
        const element = scalarLoad(spec.dtype, plus(from, j * strideN), 0);
        scalarStore(f, spec.dtype, to, element, v * 16 + j * size);
      }
    });
  }
}

const LOW = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23];
const HIGH = LOW.map((byte) => byte + 8);
const LOW_HALF = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const HIGH_HALF = LOW_HALF.map((byte) => byte + 8);

/** Four columns of four numbers each, `stride` bytes apart, as four rows `width` bytes apart. */
function transpose(
  f: FunctionBuilder,
  from: Local,
  stride: number,
  to: Local,
  offset: number,
  width: number,
): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((j) =>
    f.keep(load("v128.load", plus(from, j * stride))),
  ) as [Local, Local, Local, Local];
  const mix = (lanes: readonly number[], x: Operand, y: Operand) =>
    f.keep(lane("i8x16.shuffle", lanes, x, y));
  const [ab, cd] = [mix(LOW, a, b), mix(LOW, c, d)];
  const [ab2, cd2] = [mix(HIGH, a, b), mix(HIGH, c, d)];
  const rows = [
    [LOW_HALF, ab, cd],
    [HIGH_HALF, ab, cd],
    [LOW_HALF, ab2, cd2],
    [HIGH_HALF, ab2, cd2],
  ] as const;
  rows.forEach(([half, x, y], i) => {
    f.store("v128.store", to, lane("i8x16.shuffle", half, x, y), offset + i * width);
  });
}
