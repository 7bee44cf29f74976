// The graph of a function as it is written, to be looked at: nothing simplified, inputs named.

import { anything, func, listOf, worded } from "../../checks/arguments.ts";
import { signature } from "../../checks/signature.ts";
import type { Graph } from "../../ir/graph.ts";
import { Tensor } from "../values/tensor.ts";
import { flattenTree, type TreeFunction } from "../values/tree.ts";
import { explained } from "./explained.ts";
import { traceGraph } from "./tracing.ts";

const checkGraphOf = signature<typeof graphOf>(
  "graphOf(f, args)",
  func,
  worded("a list of the arguments of f", listOf(anything), (x) =>
    x instanceof Tensor ? "Write graphOf(f, [x])" : undefined,
  ),
);

/**
 * Traces `f` without running it. A record names its inputs by their keys, as in
 * `graphOf((p) => p.w.mul(p.x), [{ w, x }])`; other inputs are called after their place.
 * @throws TraceError when `f` reads a value
 */
export function graphOf<F extends TreeFunction>(f: F, args: Parameters<F>): Graph {
  checkGraphOf(arguments);
  const flat = flattenTree(args);
  const types = flat.leaves.map(({ type }) => type);
  const { graph } = traceGraph(
    "graphOf",
    types,
    (tensors) =>
      flattenTree(explained("graphOf", f, flat.rebuild(tensors) as Parameters<F>)).leaves,
    args.flatMap((arg, i) => (arg instanceof Tensor ? [`${i}`] : namesOf(arg, ""))),
  );
  return graph;
}

/** One name a tensor, in the order in which trees are flattened: "w", "layer.b". */
function namesOf(tree: unknown, prefix: string): string[] {
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([name, value]) =>
    value instanceof Tensor ? [prefix + name] : namesOf(value, `${prefix}${name}.`),
  );
}
