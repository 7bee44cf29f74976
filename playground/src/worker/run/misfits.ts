// Weights that are of another network. Few runs come with weights: this is loaded with them.

import type { Weights } from "../../protocol/index.ts";

/** Variables that the weights lack or give another number of numbers, and what they have beside them. */
export function misfitsOf(
  weights: Weights,
  variables: ReadonlyMap<string, { readonly size: number }>,
): string[] {
  const lacking = [...variables].filter(([name, { size }]) => weights[name]?.length !== size);
  const others = Object.keys(weights).filter((name) => !variables.has(name));
  return [...lacking.map(([name]) => name), ...others];
}
