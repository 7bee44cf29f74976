// Panels that stay from run to run: those of a variable that its program does not write, as the weights of a model
// that is used and not trained.

import { sizeOf } from "../../../../ir/shape.ts";
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
  const { m, k, n, b, batch } = spec;
  if (!isPacked(spec) || k * n < LEAST_NUMBERS || sizeOf(batch) !== 1) return spec;
  if (m >= MANY_ROWS && !isTurned(spec) && !isAliasing(spec)) return spec;
  const blocks = columnBlocks({ ...spec, kept: true }, target);
  const vectors = blocks.reduce((sum, block) => sum + block.vectors * block.count, 0);
  const widths = blocks.map((block) => `${block.count} of ${block.vectors}`);
  const key = `panels ${k}x${n} by ${b.strides.slice(-2)}: ${widths}`;
  const kept = find(key, k * vectors * 16);
  return kept ? { ...spec, kept } : spec;
}
