// The reference engine's heart: one node at a time, straight from the ops' own definitions.

import { allocate, type DataArray } from "../../ir/dtype.ts";
import type { Graph, Node, Value } from "../../ir/graph.ts";
import type { OpName, OpParams } from "../../ir/op-table.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
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

/** One op on arrays; `types` are those of its results, as its rule gives them. */
export function evaluateOp<N extends OpName>(
  op: N,
  operands: readonly NdArray[],
  params: OpParams<N>,
  types: readonly TensorType[],
): DataArray[] {
  if (op === "cast") {
    const [{ data, dtype }] = operands as [NdArray];
    return [convert(data, dtype, types[0]!.dtype)];
  }
  const { meaning } = opOf(op);
  if (meaning.kind === "scalar") {
    const { dtype, shape } = types[0]!;
    const data = allocate(dtype, sizeOf(shape));
    loop(op, meaning, operands, { dtype, shape, data });
    return [data];
  }
  const results = types.map(({ dtype, shape }) => {
    return { dtype, shape, data: allocate(dtype, sizeOf(shape)) };
  });
  meaning.eval(operands as never, results, { params, run: evaluate });
  return results.map(({ data }) => data);
}

function evaluateNode(node: Node, operands: readonly NdArray[]): NdArray[] {
  const types = node.outputs.map(({ type }) => type);
  const arrays = evaluateOp(node.op, operands, node.params, types);
  return types.map(({ dtype, shape }, i) => ({ dtype, shape, data: arrays[i]! }));
}
