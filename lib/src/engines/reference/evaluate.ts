// The reference engine's heart: one node at a time, straight from the ops' own definitions.

import { allocate, type DataArray } from "../../ir/dtype.ts";
import type { Graph, Value } from "../../ir/graph.ts";
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
  // Each step of a loop comes here: what is allocated or called for a node beyond its results is soon half of all.
  const keep = (values: readonly Value[], results: readonly NdArray[]) => {
    for (let i = 0; i < values.length; i++) {
      known.set(values[i]!, results[i]!);
      watch?.(values[i]!, results[i]!);
    }
  };
  keep(graph.inputs, inputs);
  for (const { op, inputs, params, outputs } of graph.nodes) {
    const operands = new Array<NdArray>(inputs.length);
    for (let i = 0; i < operands.length; i++) operands[i] = known.get(inputs[i]!)!;
    const types = outputs.map(({ type }) => type);
    keep(outputs, resultsOf(op, operands, params, types));
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
  return resultsOf(op, operands, params, types).map(({ data }) => data);
}

function resultsOf<N extends OpName>(
  op: N,
  operands: readonly NdArray[],
  params: OpParams<N>,
  types: readonly TensorType[],
): NdArray[] {
  if (op === "cast") {
    const [{ data, dtype }] = operands as [NdArray];
    return types.map((type) => ({ ...type, data: convert(data, dtype, type.dtype) }));
  }
  const results = types.map(({ dtype, shape }) => {
    return { dtype, shape, data: allocate(dtype, sizeOf(shape)) };
  });
  const { meaning } = opOf(op);
  if (meaning.kind === "scalar") loop(op, meaning, operands, results[0]!);
  else meaning.eval(operands as never, results, { params, run: evaluate });
  return results;
}
