// A function as a graph, with the variables that it reads and writes.

import { ArgumentError } from "../../checks/errors.ts";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import type { TensorType } from "../../ir/type.ts";
import { explained } from "../../runtime/interpreter/explained.ts";
import { Trace, type TraceState } from "../../runtime/interpreter/trace.ts";
import { runTrace } from "../../runtime/interpreter/tracing.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { flattenTree, type TreeFunction } from "../../runtime/values/tree.ts";

/** Inputs of the graph are [arguments…, variables read…], outputs [results…, variables written…]. */
export interface TracedFunction {
  readonly graph: Graph;
  readonly args: number;
  readonly results: number;
  readonly reads: readonly Variable[];
  readonly writes: readonly Variable[];
}

/** @param types of the tensors in `args`, in order */
export function traced(
  f: TreeFunction,
  args: readonly unknown[],
  types: readonly TensorType[],
): TracedFunction {
  const state: TraceState = { reads: new Map(), writes: new Map(), gradients: new Map() };
  const trace = new Trace("exportOnnx", null, state);
  const inputs = types.map((type) => new Value(type));
  const placeholders = inputs.map((value) => new Tensor({ type: value.type, value, trace }));
  return runTrace(trace, () => {
    const outcome = explained(
      "exportOnnx",
      f,
      flattenTree(args).rebuild(placeholders) as unknown[],
    );
    const results = flattenTree(outcome).leaves;
    if (results.length === 0 && state.writes.size === 0) {
      throw new ArgumentError(
        "exportOnnx: the function returned no tensor and assigned no variable",
      );
    }
    const values = [...results, ...state.writes.values()].map((tensor) => trace.lift(tensor));
    const reads = [...state.reads.entries()] as [Variable, Value][];
    const captured = [...trace.captured.keys()];
    if (captured.length > 0) {
      throw new ArgumentError(
        "exportOnnx: the function uses a tensor of a running differentiation",
      );
    }
    return {
      graph: makeGraph([...inputs, ...reads.map(([, value]) => value)], values),
      args: inputs.length,
      results: results.length,
      reads: reads.map(([variable]) => variable),
      writes: [...state.writes.keys()] as Variable[],
    };
  });
}
