// What functions on graphs ask of their arguments.

import { expectArgument, flag, type Kind, listOf } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import type { Graph } from "./graph.ts";

const graphKind: Kind<Graph> = {
  says: "a graph",
  fits: (x) => {
    const { inputs, outputs, nodes } = (x ?? {}) as Partial<Graph>;
    return Array.isArray(inputs) && Array.isArray(outputs) && Array.isArray(nodes);
  },
  hint: (x) =>
    typeof x === "function" ? "Write graphOf(f, args) or compile(f).graph(...args)" : undefined,
};

/** @throws ArgumentError unless it is a graph */
export function expectGraph(where: string, graph: unknown): asserts graph is Graph {
  expectArgument(where, "graph", graph, graphKind);
}

/** @throws ArgumentError unless there is true or false for every input of the graph */
export function expectMarks(where: string, graph: Graph, wrt: readonly boolean[]): void {
  expectGraph(where, graph);
  expectArgument(where, "wrt", wrt, listOf(flag));
  if (wrt.length === graph.inputs.length) return;
  throw new ArgumentError(
    `${where}: expected true or false for each of ${graph.inputs.length} inputs, ` +
      `received ${wrt.length}`,
  );
}
