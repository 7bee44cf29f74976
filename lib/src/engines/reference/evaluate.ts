// The reference engine's heart: one node at a time, straight from the ops' own definitions.

import { allocate, type DataArray, isFloat } from "../../ir/dtype.ts";
import type { Graph, Node, Value } from "../../ir/graph.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { NdArray, ScalarMeaning } from "../../ops/define.ts";
import { opOf } from "../../ops/table.ts";
import { convert } from "./store.ts";

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
    loop(meaning, operands, results[0]!);
  } else {
    meaning.eval(operands as never, results, { params: node.params as never, run: evaluate });
  }
  return results;
}

function loop(meaning: ScalarMeaning, operands: readonly NdArray[], result: NdArray): void {
  const f = meaning.evalInt && !isFloat(result.dtype) ? meaning.evalInt : meaning.eval;
  const out: DataArray = result.data;
  const size = out.length;
  const [a, b, c] = operands.map((operand) => operand.data);
  if (c) for (let i = 0; i < size; i++) out[i] = f(a![i]!, b![i]!, c[i]!);
  else if (b) for (let i = 0; i < size; i++) out[i] = f(a![i]!, b[i]!);
  else for (let i = 0; i < size; i++) out[i] = f(a![i]!);
}
