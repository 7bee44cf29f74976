// What an op with a kernel of its own gives: what is known from its node, and the code over whole arrays.

import type { Node, Value } from "../../../../ir/graph.ts";
import type { Inputs, OpName } from "../../../../ir/op-table.ts";
import type { ArrayPlace } from "../../memory/place.ts";
import type { KernelContext, KernelMeasure } from "../kernel.ts";

/** A node with one result, its operands counted. */
export type SpecialNode<N extends OpName> = Node<N> & {
  readonly inputs: Inputs<N, Value>;
  readonly outputs: readonly [Value];
};

/** Its arrays are whole, in row-major order. */
export interface SpecialKernel<I> extends KernelMeasure {
  emit(context: KernelContext, inputs: I, out: ArrayPlace, scratch: ArrayPlace | null): void;
}

export type Special<N extends OpName> = (
  node: SpecialNode<N>,
) => SpecialKernel<Inputs<N, ArrayPlace>>;
