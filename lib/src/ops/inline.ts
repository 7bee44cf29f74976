// One graph copied into another: its inputs replaced by given values.

import type { Graph, Value } from "../ir/graph.ts";
import type { Builder } from "../ir/op-table.ts";
import { emit } from "./emit.ts";

/** Emits every node of `graph` through `o`, with `inputs` in place of the graph's own. */
export function inline(o: Builder<Value>, graph: Graph, inputs: readonly Value[]): Value[] {
  const copies = new Map<Value, Value>(graph.inputs.map((input, i) => [input, inputs[i]!]));
  for (const node of graph.nodes) {
    const operands = node.inputs.map((input) => copies.get(input)!);
    const results = emit(o, node.op, operands, node.params);
    node.outputs.forEach((output, i) => copies.set(output, results[i]!));
  }
  return graph.outputs.map((output) => copies.get(output)!);
}
