// Every transform hands its result through here: a graph that is not well-formed never gets out.

import { checkGraph } from "../ir/check.ts";
import type { Graph } from "../ir/graph.ts";
import { inferTypes } from "../ops/builder.ts";

/** @throws NeuriteError naming the node when `graph` breaks a rule of the ops' types or of scoping */
export function checkedGraph(graph: Graph): Graph {
  checkGraph(graph, inferTypes);
  return graph;
}
