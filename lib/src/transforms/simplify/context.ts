// What the rules of the simplifier see of a graph, and what they build with.

import { allocate } from "../../ir/dtype.ts";
import type { Node, Value } from "../../ir/graph.ts";
import type { Builder, Inputs, OpName } from "../../ir/op-table.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";

/** A node of an op with one result, its operands counted. */
export type Typed<N extends OpName> = Node<N> & {
  readonly inputs: Inputs<N, Value>;
  readonly outputs: readonly [Value];
};

export interface RuleContext {
  /** Builds nodes that are simplified in their turn. */
  readonly o: Builder<Value>;
  /** The node that made a value, if it belongs to the graph and is of this op. */
  made<N extends OpName>(value: Value, op: N): Typed<N> | null;
  /** The result of this op on these operands, if the graph computes it already. */
  known<N extends OpName>(op: N, inputs: Inputs<N, Value>, params: Node<N>["params"]): Value | null;
  /** The results of `node` on other operands of the same types. */
  copy(node: Node, inputs: readonly Value[]): readonly Value[];
}

/** The value that a node's only result is equal to, if that is simpler. Its operands are simple. */
export type Rule<N extends OpName = OpName> = (
  context: RuleContext,
  node: Typed<N>,
) => Value | null;

export type Rules = { readonly [N in OpName]?: Rule<N> };

/** Larger constants are not looked at. */
export const MOST_ELEMENTS = 4096;

/** The number that is in every element of a constant, spread or not; else null. */
export function uniformNumber(context: RuleContext, value: Value): number | null {
  const source = context.made(value, "expand")?.inputs[0] ?? value;
  const data = context.made(source, "constant")?.params.data;
  if (!data || data.length === 0 || data.length > MOST_ELEMENTS) return null;
  const [first] = data;
  return data.every((x: number) => Object.is(x, first)) ? first! : null;
}

/** The one form of a constant with equal elements: a single number, spread. */
export function canonicalFill(
  o: Builder<Value>,
  { dtype, shape }: TensorType,
  number: number,
): Value {
  const data = allocate(dtype, 1);
  data[0] = number;
  const single = o.constant({ data, dtype, shape: shape.map(() => 1) });
  return sizeOf(shape) === 1 ? single : o.expand(single, { shape });
}
