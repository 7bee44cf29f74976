// Panels that stay: from run to run those of a variable that its program does not write, as the weights of a model
// that is used and not trained; as long as a loop runs those of what does not change in it.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import { sizeOf } from "../../../../ir/shape.ts";
import { type Expr, type Operand, plus, times } from "../../code/index.ts";
import type { KeptBlock } from "../../memory/storage.ts";
import type { CompileTarget } from "../kernel.ts";
import { columnBlocks } from "../tile/columns.ts";
import { isAliasing, isPacked, isTurned, type MatmulSpec } from "./spec.ts";

/** Smaller factors stay in a first-level cache anyway. */
const LEAST_NUMBERS = 2 ** 12;
/** For so many rows, copying rows of B takes no time worth their memory. */
const MANY_ROWS = 96;

/**
 * The product with panels that are made by the first run, and by the first after B has changed, if memory is
 * found for them.
 * @param find memory by what is in it: the same for products of any number of rows
 */
export function withKeptPanels(
  spec: MatmulSpec,
  target: CompileTarget,
  find: (key: string, bytes: number) => KeptBlock | null,
): MatmulSpec {
  if (!isWorthKeeping(spec)) return spec;
  if (spec.m >= MANY_ROWS && !isTurned(spec) && !isAliasing(spec)) return spec;
  const kept = findFor({ ...spec, kept: true }, target, find);
  return kept ? { ...spec, kept } : spec;
}

/**
 * Memory for panels that are made before a loop, if it pays and some is found.
 * @param find memory by what is in it
 */
export function panelsForTurns<Found>(
  spec: MatmulSpec,
  target: CompileTarget,
  find: (key: string, bytes: number) => Found | null,
): Found | null {
  return isWorthKeeping(spec) ? findFor(spec, target, find) : null;
}

function isWorthKeeping(spec: MatmulSpec): boolean {
  return isPacked(spec) && spec.k * spec.n >= LEAST_NUMBERS && sizeOf(spec.batch) === 1;
}

function findFor<Found>(
  size: Parameters<typeof columnBlocks>[0] & Pick<MatmulSpec, "k" | "b">,
  target: CompileTarget,
  find: (key: string, bytes: number) => Found | null,
): Found | null {
  const { k, n, b } = size;
  const blocks = columnBlocks(size, target);
  const vectors = blocks.reduce((sum, block) => sum + block.vectors * block.count, 0);
  const widths = blocks.map((block) => `${block.count} of ${block.vectors}`);
  return find(`panels ${k}x${n} by ${b.strides.slice(-2)}: ${widths}`, k * vectors * 16);
}

/** Bytes of a panel that stays: it is as deep as B. */
export const deepPanel = ({ k }: MatmulSpec, vectors: number): number => k * vectors * 16;

/** Where the panel that begins with this column stays: they lie one after the other. */
export function deepPanelAt({ dtype, k }: MatmulSpec, panels: number, column: Operand): Expr {
  return plus(times(column, k * bytesPerElement(dtype)), panels);
}
