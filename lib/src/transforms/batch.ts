// vmap: the same graph over one more leading axis, by each op's batching rule.

import { type Graph, makeGraph, Value } from "../ir/graph.ts";
import { addNode, graphBuilder } from "../ops/builder.ts";
import type { GraphTransforms } from "../ops/define.ts";
import { addBatch } from "../ops/rules/batching.ts";
import { opOf } from "../ops/table.ts";

/**
 * @param batched marks the inputs that get the new axis 0; every output has it
 * @param size length of the new axis
 */
export function batch(
  graph: Graph,
  batched: readonly boolean[],
  size: number,
  transforms: GraphTransforms,
): Graph {
  const copies = new Map<Value, { value: Value; batched: boolean }>();
  const inputs = graph.inputs.map((input, i) => {
    const { dtype, shape } = input.type;
    const type = batched[i] ? { dtype, shape: [size, ...shape] } : input.type;
    const value = new Value(type, null, 0, input.name);
    copies.set(input, { value, batched: batched[i]! });
    return value;
  });
  for (const node of graph.nodes) {
    const operands = node.inputs.map((input) => copies.get(input)!);
    const values = operands.map(({ value }) => value);
    const flags = operands.map((operand) => operand.batched);
    const anyBatched = flags.includes(true);
    const results = anyBatched
      ? applyRule(node, values, flags, size, transforms)
      : addNode(node.op, values, node.params, node);
    node.outputs.forEach((output, i) =>
      copies.set(output, { value: results[i]!, batched: anyBatched }),
    );
  }
  const o = graphBuilder();
  const outputs = graph.outputs.map((output) => {
    const copy = copies.get(output)!;
    return copy.batched ? copy.value : addBatch(o, copy.value, size);
  });
  return makeGraph(inputs, outputs);
}

function applyRule(
  node: Graph["nodes"][number],
  inputs: readonly Value[],
  batched: readonly boolean[],
  size: number,
  transforms: GraphTransforms,
): readonly Value[] {
  const o = graphBuilder({ path: node.path, origin: node });
  const context = { params: node.params, batched, size, transforms };
  const result: Value | Value[] = opOf(node.op).batch(o, inputs as never, context);
  return Array.isArray(result) ? result : [result];
}
