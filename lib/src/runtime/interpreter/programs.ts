// Eager ops: at once where the engine can, else as one-op programs, kept in a bounded cache.

import type { Engine, Program } from "../../engines/engine.ts";
import type { DataArray } from "../../ir/dtype.ts";
import { type Graph, makeGraph, Node, Value } from "../../ir/graph.ts";
import { paramsKey } from "../../ir/graph-key.ts";
import type { OpName, OpParams } from "../../ir/op-table.ts";
import { showType, type TensorType } from "../../ir/type.ts";
import type { NdArray } from "../../ops/define.ts";
import { current } from "./current.ts";
import { Recent } from "./recent.ts";

const LIMIT = 1024;

const programs = new Recent<Program>(LIMIT);

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

/** From how many runs on a graph is worth a program. */
const OFTEN = 256;
/** How often each graph ran, and its program by then. */
const runs = new WeakMap<Graph, { engine: Engine; count: number; program: Program | null }>();

/**
 * Runs a whole graph now: op by op at first, since it may never come again and compiling it would not
 * pay.
 */
export function runProgram(graph: Graph, inputs: readonly DataArray[]): readonly DataArray[] {
  const { engine } = current;
  let known = runs.get(graph);
  if (known?.engine !== engine) {
    known = { engine, count: 0, program: null };
    runs.set(graph, known);
  }
  known.count += 1;
  if (known.count <= OFTEN) return runOpByOp(graph, inputs);
  known.program ??= engine.compile(graph);
  return known.program.run(inputs);
}

function runOpByOp(graph: Graph, inputs: readonly DataArray[]): DataArray[] {
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
  const make = () => compileOp(name, inputs, params, types);
  const rest = paramsKey(params);
  if (rest === null) return make();
  return programs.get(current.engine, `${name} ${inputs.map(showType).join(" ")} ${rest}`, make);
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
