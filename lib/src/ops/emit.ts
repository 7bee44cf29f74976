// Calls the builder method of an op whose name is known only at run time.

import type { Value } from "../ir/graph.ts";
import type { Builder, OpName, OpParams } from "../ir/op-table.ts";

/** Operands and parameters in two lists; the results always as a list. */
export function emit<N extends OpName>(
  o: Builder<Value>,
  name: N,
  inputs: readonly Value[],
  params: OpParams<N>,
): Value[] {
  const builder = o as Record<OpName, (...args: unknown[]) => Value | Value[]>;
  const result = params === null ? builder[name](...inputs) : builder[name](...inputs, params);
  return Array.isArray(result) ? result : [result];
}
