// What a matrix product keeps in scratch memory.

import type { CompileTarget } from "../kernel.ts";
import { columnBlocks } from "../tile/columns.ts";
import { TILE_BYTES } from "../tile/finish.ts";
import { panelBytes, stripBytes } from "./panel.ts";
import { blockOf, depthOf, hasStrips, type MatmulSpec } from "./spec.ts";

/** Where things lie in the scratch memory of one thread. */
export interface ScratchLayout {
  readonly bytes: number;
  /** From one panel to the next. */
  readonly panel: number;
  /** A strip of A: the rows of one tile. */
  readonly strip: number;
  readonly tile: number;
  /** Unfinished sums, from one block of columns to the next. */
  readonly partial: number;
  readonly partialStep: number;
}

export function layoutOf(spec: MatmulSpec, target: CompileTarget): ScratchLayout {
  const blocks = columnBlocks(spec, target);
  const widest = Math.max(0, ...blocks.map(({ vectors }) => vectors));
  const tallest = Math.max(0, ...blocks.map(({ rows }) => rows));
  const wide = Math.max(1, ...blocks.map((columns) => blockOf(spec, columns, target)));
  const panel = panelBytes(spec, widest, target);
  const partialStep = depthOf(spec, target) < spec.k ? (spec.m + tallest) * widest * 16 : 0;
  const strip = wide * panel;
  const tile = strip + (hasStrips(spec) ? stripBytes(spec, tallest, target) : 0);
  const partial = tile + TILE_BYTES;
  return { panel, strip, tile, partial, partialStep, bytes: partial + wide * partialStep };
}
