// The reference engine's heart: one node at a time, straight from the ops' own definitions.

import { allocate } from "../../ir/dtype.ts";
import type { Graph, Node, Value } from "../../ir/graph.ts";
import { sizeOf } from "../../ir/shape.ts";
import { convert } from "../../ops/arithmetic/convert.ts";
import type { NdArray } from "../../ops/define.ts";
import { opOf } from "../../ops/table.ts";
import { loop } from "./loops.ts";

/** Evaluates every node in order; `watch`, if given, sees each result as it comes. */
export function evaluate(
  graph: Graph,
  inputs: readonly NdArray[],
  watch?: (value: Value, result: NdArray) => void,
): NdArray[] {
  const known = new Map<Value, NdArray>();
  const keep = (value: Value, result: NdArray) => {
    known.set(value, result);
    watch?.(value, result);
  };
  graph.inputs.forEach((input, i) => keep(input, inputs[i]!));
  for (const node of graph.nodes) {
    const operands = node.inputs.map((input) => known.get(input)!);
    const results = evaluateNode(node, operands);
    node.outputs.forEach((output, i) => keep(output, results[i]!));
  }
  return graph.outputs.map((output) => known.get(output)!);
}

function evaluateNode(node: Node, operands: readonly NdArray[]): NdArray[] {
  if (node.op === "cast") {
    const [{ data, dtype, shape }] = operands as [NdArray];
    const to = node.outputs[0]!.type.dtype;
    return [{ dtype: to, shape, data: convert(data, dtype, to) }];
  }
  const { meaning } = opOf(node.op);
  const results = node.outputs.map(({ type: { dtype, shape } }) => {
    return { dtype, shape, data: allocate(dtype, sizeOf(shape)) };
  });
  if (meaning.kind === "scalar") {
    loop(node.op, meaning, operands, results[0]!);
  } else {
    meaning.eval(operands as never, results, { params: node.params as never, run: evaluate });
  }
  return results;
}
