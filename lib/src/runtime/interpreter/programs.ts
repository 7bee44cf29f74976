// Eager ops: at once where the engine can, else as one-op programs, kept in a bounded cache.

import type { Engine, Program } from "../../engines/engine.ts";
import type { DataArray } from "../../ir/dtype.ts";
import { type Graph, makeGraph, Node, Value } from "../../ir/graph.ts";
import type { OpName, OpParams } from "../../ir/op-table.ts";
import { showType, type TensorType } from "../../ir/type.ts";
import type { NdArray } from "../../ops/define.ts";
import { traitsOf } from "../../ops/traits.ts";
import { current } from "./current.ts";

const LIMIT = 1024;

/** One cache an engine; the least recently used program goes first. */
const caches = new WeakMap<Engine, Map<string, Program>>();

/**
 * Runs one op now.
 * @param types of its results, as its rule gives them
 */
export function runOp<N extends OpName>(
  name: N,
  inputs: readonly NdArray[],
  params: OpParams<N>,
  types: readonly TensorType[],
): readonly DataArray[] {
  if (name === "constant") return [(params as OpParams<"constant">).data];
  const done = current.engine.direct?.(name, inputs, params, types);
  if (done) return done;
  const program = oneOp(name, inputs, params, types);
  return program.run(inputs.map((input) => input.data));
}

/**
 * Runs a whole graph now, op by op: it may never come again, so compiling it would not pay, and its
 * ops have programs already.
 */
export function runProgram(graph: Graph, inputs: readonly DataArray[]): DataArray[] {
  const known = new Map<Value, NdArray>();
  const keep = (value: Value, data: DataArray) => {
    const { dtype, shape } = value.type;
    known.set(value, { dtype, shape, data });
  };
  graph.inputs.forEach((input, i) => {
    keep(input, inputs[i]!);
  });
  for (const node of graph.nodes) {
    const operands = node.inputs.map((input) => known.get(input)!);
    const types = node.outputs.map(({ type }) => type);
    const results = runOp(node.op, operands, node.params, types);
    node.outputs.forEach((output, i) => {
      keep(output, results[i]!);
    });
  }
  return graph.outputs.map((output) => known.get(output)!.data);
}

function oneOp<N extends OpName>(
  name: N,
  inputs: readonly NdArray[],
  params: OpParams<N>,
  types: readonly TensorType[],
): Program {
  const key = cacheKey(name, inputs, params);
  if (key === null) return compileOp(name, inputs, params, types);
  const cache = caches.get(current.engine) ?? new Map<string, Program>();
  caches.set(current.engine, cache);
  const found = cache.get(key) ?? compileOp(name, inputs, params, types);
  cache.delete(key); // to set it again as the newest
  cache.set(key, found);
  if (cache.size > LIMIT) cache.delete(cache.keys().next().value!);
  return found;
}

function compileOp<N extends OpName>(
  name: N,
  inputs: readonly NdArray[],
  params: OpParams<N>,
  types: readonly TensorType[],
): Program {
  const values = inputs.map(({ dtype, shape }) => new Value({ dtype, shape }));
  const graph = makeGraph(values, new Node(name, values, params, types).outputs);
  return current.engine.compile(graph);
}

/** Null for ops whose parameters hold data or graphs: they are not worth a key. */
function cacheKey(
  name: OpName,
  inputs: readonly NdArray[],
  params: OpParams<OpName>,
): string | null {
  if (traitsOf(name).graphs) return null;
  return `${name} ${inputs.map(showType).join(" ")} ${params === null ? "" : JSON.stringify(params)}`;
}
