// Eager ops as one-op programs of the current engine, kept in a bounded cache.

import type { Engine, Program } from "../../engines/engine.ts";
import type { DataArray } from "../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import type { OpName, OpParams } from "../../ir/op-table.ts";
import { showType } from "../../ir/type.ts";
import { addNode } from "../../ops/builder.ts";
import type { NdArray } from "../../ops/define.ts";
import { traitsOf } from "../../ops/traits.ts";
import { current } from "./current.ts";

const LIMIT = 1024;

interface OneOp {
  readonly program: Program;
  readonly outputs: Graph["outputs"];
}

/** One cache an engine; the least recently used program goes first. */
const caches = new WeakMap<Engine, Map<string, OneOp>>();

/** Runs one op now. */
export function runOp<N extends OpName>(
  name: N,
  inputs: readonly NdArray[],
  params: OpParams<N>,
): NdArray[] {
  if (name === "constant") return [params as OpParams<"constant">];
  const { program, outputs } = oneOp(name, inputs, params);
  const arrays = program.run(inputs.map((input) => input.data));
  return outputs.map(({ type }, i) => ({ ...type, data: arrays[i]! }));
}

/**
 * Runs a whole graph now, op by op: it may never come again, so compiling it would not pay, and its
 * ops have programs already.
 */
export function runProgram(graph: Graph, inputs: readonly DataArray[]): DataArray[] {
  const known = new Map<Value, NdArray>(
    graph.inputs.map((input, i) => [input, { ...input.type, data: inputs[i]! }]),
  );
  for (const node of graph.nodes) {
    const operands = node.inputs.map((input) => known.get(input)!);
    const results = runOp(node.op, operands, node.params);
    node.outputs.forEach((output, i) => known.set(output, results[i]!));
  }
  return graph.outputs.map((output) => known.get(output)!.data);
}

function oneOp<N extends OpName>(name: N, inputs: readonly NdArray[], params: OpParams<N>): OneOp {
  const key = cacheKey(name, inputs, params);
  if (key === null) return compileOp(name, inputs, params);
  const cache = caches.get(current.engine) ?? new Map<string, OneOp>();
  caches.set(current.engine, cache);
  const found = cache.get(key) ?? compileOp(name, inputs, params);
  cache.delete(key); // to set it again as the newest
  cache.set(key, found);
  if (cache.size > LIMIT) cache.delete(cache.keys().next().value!);
  return found;
}

function compileOp<N extends OpName>(
  name: N,
  inputs: readonly NdArray[],
  params: OpParams<N>,
): OneOp {
  const values = inputs.map(({ dtype, shape }) => new Value({ dtype, shape }));
  const graph = makeGraph(values, addNode(name, values, params));
  return { program: current.engine.compile(graph), outputs: graph.outputs };
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
