// What the worker is asked for the places of a graph's nodes: how large each is.

import type { Jobs } from "../../protocol/index.ts";

export interface GraphNode {
  readonly id: string;
  readonly kind: "input" | "constant" | "operation" | "output";
  readonly label: string;
  /** A second, smaller line. */
  readonly detail?: string;
}

export type GraphEdge = Jobs["graphLayout"]["asks"]["edges"][number];
export type GraphLayout = Jobs["graphLayout"]["gives"];

/** What two lines of a label take. */
const LABEL = { width: 62, height: 42 };
const LETTER = 7.4;
const SMALL_LETTER = 6.7;

export function layoutAsks(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): Jobs["graphLayout"]["asks"] {
  return { nodes: nodes.map((node) => ({ id: node.id, ...sizeOf(node) })), edges, label: LABEL };
}

function sizeOf({ kind, label, detail = "" }: GraphNode): { width: number; height: number } {
  const text = Math.max(label.length * LETTER, detail.length * SMALL_LETTER);
  return { width: Math.max(text + 18, 34), height: kind === "operation" ? 44 : 32 };
}

/** Whether a layout is of these nodes and edges: that of another graph may still be there. */
export function isOf(
  { boxes, edges: placed }: GraphLayout,
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): boolean {
  const keys = new Set(placed.map(({ key }) => key));
  return (
    nodes.every(({ id }) => Object.hasOwn(boxes, id)) && edges.every(({ key }) => keys.has(key))
  );
}
