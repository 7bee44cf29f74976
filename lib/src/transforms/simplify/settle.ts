// Passes over a graph until one changes nothing, and never without end.

import type { Graph } from "../../ir/graph.ts";
import { type Complexity, isLess, measure } from "./measure.ts";

type Pass = (graph: Graph) => Graph;

/**
 * One rule may enable another. The first pass may leave a larger graph, as it
 * opens functions; each later one must lower the measure, or is the last. So rules that turn a graph
 * round and round, or rebuild what is there, cannot keep this from ending.
 * @returns `graph` itself where the first pass changes nothing
 */
export function settled(graph: Graph, first: Pass, next: Pass): Graph {
  let simple = first(graph);
  if (isSame(simple, graph)) return graph;
  for (let before: Complexity | null = null; ; ) {
    const after = next(simple);
    if (isSame(after, simple)) return simple;
    before ??= measure(simple);
    const now = measure(after);
    if (!isLess(now, before)) return after;
    [simple, before] = [after, now];
  }
}

function isSame(a: Graph, b: Graph): boolean {
  return a.outputs.every((output, i) => output === b.outputs[i]);
}
