// A loop with a condition over many examples: it goes on until all are done, and who is done waits.

import { dependents, type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import type { Builder, WhileParams } from "../../../ir/op-table.ts";
import type { GraphTransforms } from "../../define.ts";
import { fillZeros } from "../../fill.ts";
import { inline } from "../../inline.ts";
import { addBatch } from "../batching.ts";
import { chooseRows } from "./rows.ts";

export function batchWhile(
  o: Builder<Value>,
  inputs: readonly Value[],
  params: WhileParams,
  batched: readonly boolean[],
  size: number,
  transforms: GraphTransforms,
): Value[] {
  const { condition, constants } = params;
  let flags = spreadFlags(params, batched);
  const asksEach = dependsOn(condition, flags)[0]!;
  // Examples that end at different turns have carries of their own, all of them.
  if (asksEach) flags = flags.map((flag, i) => flag || i >= constants);
  const operands = inputs.map((x, i) => (flags[i] && !batched[i] ? addBatch(o, x, size) : x));
  const turn = batchedBody(o, params, flags, size, transforms);
  const test = transforms.batch(condition, flags, size);
  const results = o.whileLoop(...operands, {
    condition: asksEach ? anyRow(o, test) : oneRow(o, test, [true]),
    body: asksEach ? maskedBody(o, turn, test, constants) : turn,
    constants,
  });
  return results.map((y, k) => (flags[constants + k] ? y : addBatch(o, y, size)));
}

/** The inputs that differ from example to example: a carry as soon as any turn would make it so. */
function spreadFlags({ body, constants }: WhileParams, batched: readonly boolean[]): boolean[] {
  const flags = [...batched];
  for (;;) {
    const out = dependsOn(body, flags);
    const late = out.findIndex((flag, k) => flag && !flags[constants + k]);
    if (late < 0) return flags;
    flags[constants + late] = true;
  }
}

/** For each output of a graph, whether it depends on a marked input. */
function dependsOn({ inputs, nodes, outputs }: Graph, flags: readonly boolean[]): boolean[] {
  const reached = dependents(
    nodes,
    inputs.filter((_, i) => flags[i]),
  );
  return outputs.map((output) => reached.has(output));
}

/** The body over examples; carries that are the same for all of them stay so. */
function batchedBody(
  o: Builder<Value>,
  { body, constants }: WhileParams,
  flags: readonly boolean[],
  size: number,
  transforms: GraphTransforms,
): Graph {
  const isShared = body.outputs.map((_, k) => !flags[constants + k]);
  return oneRow(o, transforms.batch(body, flags, size), isShared);
}

/** The graph with the first row alone of those outputs whose rows are all the same. */
function oneRow(
  o: Builder<Value>,
  { inputs, outputs }: Graph,
  isShared: readonly boolean[],
): Graph {
  const rows = outputs.map((y, k) => {
    if (!isShared[k]) return y;
    const [size, ...rest] = y.type.shape as [number, ...number[]];
    if (size === 0) return fillZeros(o, { dtype: y.type.dtype, shape: rest });
    const start = y.type.shape.map(() => 0);
    const row = o.slice(y, { start, end: [1, ...rest], step: start.map(() => 1) });
    return o.reshape(row, { shape: rest });
  });
  return makeGraph(inputs, rows);
}

/** True where the answer [size] is true for any example. */
function anyRow(o: Builder<Value>, { inputs, outputs }: Graph): Graph {
  const count = o.sum(o.cast(outputs[0]!, { dtype: "int32" }), { axes: [0] });
  return makeGraph(inputs, [o.lt(fillZeros(o, count.type), count)]);
}

/** One turn for the examples that are not done; the others keep their carries. */
function maskedBody(o: Builder<Value>, turn: Graph, test: Graph, constants: number): Graph {
  const inputs = turn.inputs.map(({ type }) => new Value(type));
  const [goesOn] = inline(o, test, inputs) as [Value];
  const next = inline(o, turn, inputs);
  const kept = next.map((y, k) => chooseRows(o, goesOn, y, inputs[constants + k]!));
  return makeGraph(inputs, kept);
}
