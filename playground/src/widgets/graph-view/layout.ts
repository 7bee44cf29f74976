// Where the nodes and edges of a graph are drawn: layers from left to right, by dagre.

import { Graph, layout } from "@dagrejs/dagre";

export interface GraphNode {
  readonly id: string;
  readonly kind: "input" | "constant" | "operation" | "output";
  readonly label: string;
  /** A second, smaller line. */
  readonly detail?: string;
}

export interface GraphEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge extends GraphEdge {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The middle of its two labels. */
  readonly label: readonly [x: number, y: number];
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly edges: readonly PlacedEdge[];
}

/** What two lines of a label take. */
const LABEL = { width: 62, height: 42 };
const MARGIN = 10;
const LETTER = 7.4;
const SMALL_LETTER = 6.4;

/** @throws nothing: a graph without nodes is empty */
export function layoutOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: "LR",
    nodesep: 16,
    edgesep: 12,
    ranksep: 22,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, sizeOf(node));
  for (const { from, to, key } of edges) {
    graph.setEdge(from, to, { ...LABEL, labelpos: "c" }, key);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const boxes = new Map(nodes.map(({ id }) => [id, graph.node(id) as unknown as Box]));
  return {
    width: Math.max(width, 1),
    height: Math.max(height, 1),
    boxes,
    edges: edges.map((edge) => {
      const found = graph.edge({ v: edge.from, w: edge.to, name: edge.key }) as unknown as {
        readonly points: readonly { readonly x: number; readonly y: number }[];
        readonly x: number;
        readonly y: number;
      };
      return {
        ...edge,
        points: found.points.map(({ x, y }) => [x, y] as const),
        label: [found.x, found.y] as const,
      };
    }),
  };
}

function sizeOf({ kind, label, detail = "" }: GraphNode): { width: number; height: number } {
  const text = Math.max(label.length * LETTER, detail.length * SMALL_LETTER);
  return { width: Math.max(text + 18, 34), height: kind === "operation" ? 44 : 32 };
}
