// What every pass of the simplifier must lower, so that the passes come to an end.

import type { Graph, Node } from "../../ir/graph.ts";
import type { OpName } from "../../ir/op-table.ts";
import { graphsIn } from "../../ir/param-parts.ts";

/**
 * A measure of how simple a graph is: the weight of its nodes at each depth of loops, then how much
 * each node still sees through the ops below it. All of these are whole numbers from 0, and the depth
 * of loops never grows, so no endless sequence of graphs falls in it.
 */
export interface Complexity {
  /** The weight at depth 0, 1, …: a loop's nodes, its operands and its results count at its own. */
  readonly weights: readonly number[];
  /** For each operand of each node, how many ops there are below it that rules look through. */
  readonly detours: number;
}

/**
 * Ops that rules put in the place of others weigh less than those: a division by a power of two becomes
 * a product, a product with -1 a negation, a sum of one number each an addition, a transposition a reshape, all of equal numbers a spread
 * constant. An op that is not listed weighs `ORDINARY`.
 */
const WEIGHTS: { readonly [N in OpName]?: number } = {
  constant: 1,
  iota: 1,
  expand: 2,
  reshape: 4,
  slice: 4,
  neg: 10,
  not: 10,
  mul: 30,
  div: 40,
  sum: 50,
};
const ORDINARY = 20;
/** More than the spread constant that may stand inside for an operand; less than what is hoisted. */
const OPERAND = 8;

/** Ops that a rule may do without by reading what they read. */
const SEEN_THROUGH: ReadonlySet<OpName> = new Set([
  ...(["neg", "not", "cast", "where"] as const),
  ...(["reshape", "transpose", "expand", "slice", "flip"] as const),
]);

export function measure(graph: Graph): Complexity {
  const weights: number[] = [];
  let detours = 0;
  const visit = ({ nodes }: Graph, depth: number): void => {
    weights[depth] ??= 0;
    const below = new Map<Node, number>();
    for (const node of nodes) {
      weights[depth]! += weightOf(node);
      let most = 0;
      for (const { node: maker } of node.inputs) {
        const height = (maker && below.get(maker)) ?? 0;
        most = Math.max(most, height);
        detours += 1 + height;
      }
      below.set(node, SEEN_THROUGH.has(node.op) ? 1 + most : 0);
      const graphs = graphsIn(node);
      if (graphs.length === 0) continue;
      for (const inner of graphs) visit(inner, depth + 1);
      weights[depth + 1]! += OPERAND * (node.inputs.length + node.outputs.length);
    }
  };
  visit(graph, 0);
  return { weights, detours };
}

function weightOf({ op, params }: Node): number {
  const weight = WEIGHTS[op] ?? ORDINARY;
  return op === "flip" ? weight + (params as Node<"flip">["params"]).axes.length : weight;
}

/** True where `a` is less than `b`: less in the innermost loops, else in those around them, and so on. */
export function isLess(a: Complexity, b: Complexity): boolean {
  for (let depth = Math.max(a.weights.length, b.weights.length) - 1; depth >= 0; depth--) {
    const difference = (a.weights[depth] ?? 0) - (b.weights[depth] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return a.detours < b.detours;
}
