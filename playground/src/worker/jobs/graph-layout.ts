// The job `graphLayout`: layers from left to right, by dagre.

import { Graph, layout } from "@dagrejs/dagre";
import type { Box } from "../../protocol/jobs/graph-layout.ts";
import type { Job } from "./job.ts";

/** The sum below an input is wider than its box. */
const MARGINS = { marginx: 28, marginy: 10 };
const SPACES = { rankdir: "LR", nodesep: 16, edgesep: 12, ranksep: 22, ...MARGINS };

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** dagre looks names up in plain objects, which have some of their own: "constructor" is none of a value. */
const named = (name: string): string => `:${name}`;

export const graphLayout: Job<"graphLayout"> = ({ nodes, edges, label }) => {
  const graph = new Graph({ multigraph: true });
  // As good as the other rankers on graphs of formulas, and the quickest.
  graph.setGraph({ ...SPACES, ranker: "tight-tree" });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(named(id), { width, height });
  for (const { from, to, key } of edges) {
    graph.setEdge(named(from), named(to), { ...label, labelpos: "c" }, named(key));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const boxes = nodes.map(({ id }) => {
    const { x, y, width, height } = graph.node(named(id)) as unknown as Box;
    return [id, { x, y, width, height }] as const;
  });
  return {
    width: Math.max(width, 1),
    height: Math.max(height, 1),
    boxes: Object.fromEntries(boxes),
    edges: edges.map(({ key, from, to }) => {
      const { x, y, points } = graph.edge({
        v: named(from),
        w: named(to),
        name: named(key),
      }) as unknown as Placed;
      return { key, points: points.map(({ x, y }) => [x, y] as const), label: [x, y] as const };
    }),
  };
};
