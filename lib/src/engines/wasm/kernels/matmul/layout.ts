// What a matrix product keeps in scratch memory.

import type { CompileTarget } from "../kernel.ts";
import { type ColumnBlock, columnBlocks } from "../tile/columns.ts";
import { TILE_BYTES } from "../tile/finish.ts";
import { panelBytes, stripBytes } from "./panel.ts";
import { depthOf, groupOf, hasStrips, type MatmulSpec, rowsOf, spanOf } from "./spec.ts";

/** Where things lie in the scratch memory of one thread. */
export interface ScratchLayout {
  readonly bytes: number;
  readonly panels: number;
  /** From one panel to the next. */
  readonly panel: number;
  /** The first strip of A: the rows of one tile. */
  readonly strip: number;
  readonly tile: number;
  /** Unfinished sums, from one block of columns to the next. */
  readonly partial: number;
  readonly partialStep: number;
}

export function layoutOf(spec: MatmulSpec, target: CompileTarget): ScratchLayout {
  const blocks = columnBlocks(spec, target);
  const most = (of: (columns: ColumnBlock) => number) => Math.max(0, ...blocks.map(of));
  const widest = most(({ vectors }) => vectors);
  const tallest = most(({ rows }) => rows);
  const group = most((columns) => groupOf(spec, columns, target));
  const span = most((columns) => spanOf(spec, columns, target));
  const panel = panelBytes(spec, widest, target);
  const partialStep = depthOf(spec, target) < spec.k ? (spec.m + tallest) * widest * 16 : 0;
  const strip = group * panel;
  const rows = most((columns) => rowsOf(spec, blocks, columns.rows));
  const tile = strip + (hasStrips(spec) ? stripBytes(spec, rows, target) : 0);
  const partial = tile + TILE_BYTES;
  return {
    panels: 0,
    panel,
    strip,
    tile,
    partial,
    partialStep,
    bytes: partial + span * partialStep,
  };
}
