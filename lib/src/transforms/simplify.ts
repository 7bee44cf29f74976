// Makes a graph smaller without changing what it computes, to the bit.

import { type Graph, makeGraph, type Node, type Value } from "../ir/graph.ts";
import { expectGraph } from "../ir/graph-kind.ts";
import { graphsIn } from "../ir/param-parts.ts";
import { checkedGraph } from "./checked.ts";
import type { RuleContext } from "./simplify/context.ts";
import type { LateSimplifications } from "./simplify/late.ts";
import { isLess, measure } from "./simplify/measure.ts";
import { Rewriter } from "./simplify/rewriter.ts";
import { settled } from "./simplify/settle.ts";

/** What simplifies loops, and sees to where transpositions stand: there with the ops that need it. */
let late: LateSimplifications | null = null;

/** From now on loops are simplified too. */
export function bringSimplifications(all: LateSimplifications): void {
  late = all;
}

/**
 * Drops what no output needs, merges nodes that compute the same, computes what depends on constants
 * alone, undoes algebra that does nothing, and opens functions with custom gradients; the bodies of
 * loops too. For graphs that are run, not differentiated: derivatives may differ where a tie decides.
 */
export function simplify(graph: Graph): Graph {
  expectGraph("simplify", graph);
  return checkedGraph(simplified(graph));
}

/** What stands for an input of a graph. */
type Put = (site: RuleContext, input: Value, i: number) => Value;
const asItIs: Put = (_site, input) => input;

/**
 * Simplified by all means, with something else in the place of some inputs. It ends because every join
 * leaves one loop less, and no rule makes a loop.
 */
function simplified(graph: Graph, put: Put = asItIs): Graph {
  const simple = laidOut(fixpoint(graph, put));
  for (const joined of late?.joinedLoops(simple) ?? []) {
    const other = fixpoint(joined, asItIs);
    if (sizeOf(other) < sizeOf(simple)) return simplified(other);
  }
  return simple;
}

/** With fewer transpositions, where they meet if they stand later. */
function laidOut(graph: Graph): Graph {
  if (!late?.mayBeLater(graph)) return graph;
  const other = fixpoint(late.withLateTranspositions(graph), asItIs);
  return isLess(measure(other), measure(graph)) ? other : graph;
}

/** Until nothing changes. */
function fixpoint(graph: Graph, put: Put): Graph {
  return settled(
    graph,
    (given) => pass(given, put),
    (simpler) => (simpler.nodes.some(looksAround) ? pass(simpler, asItIs) : simpler),
  );
}

/**
 * Most rules look at nothing but what a node reads, and that is simple by then: one pass finds all. But a
 * loop drops results that nobody reads, and a pool looks for maxima that are computed anyway.
 */
function looksAround(node: Node): boolean {
  return node.op === "poolPut" || graphsIn(node).length > 0;
}

/** The number of nodes that compute something, in loops too. */
function sizeOf({ nodes }: Graph): number {
  const sizes = nodes.map((node) => {
    const inner = graphsIn(node);
    return inner.length > 0 ? inner.reduce((sum, body) => sum + sizeOf(body), 0) : 1;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

function pass(graph: Graph, put: Put): Graph {
  const rewriter = new Rewriter();
  const copies = new Map(graph.inputs.map((input, i) => [input, put(rewriter, input, i)]));
  copyAll(graph, copies, rewriter);
  return makeGraph(
    graph.inputs,
    graph.outputs.map((output) => copies.get(output)!),
  );
}

function copyAll(graph: Graph, copies: Map<Value, Value>, rewriter: Rewriter): void {
  let read: Set<Value> | null = null; // few graphs have a node that asks
  const isRead = (value: Value) => {
    read ??= new Set([...graph.outputs, ...graph.nodes.flatMap(({ inputs }) => inputs)]);
    return read.has(value);
  };
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((input) => copies.get(input)!);
    const results = copyNode(node, inputs, rewriter, isRead);
    node.outputs.forEach((output, i) => copies.set(output, results[i]!));
  }
}

function copyNode(
  node: Node,
  inputs: readonly Value[],
  rewriter: Rewriter,
  isRead: (value: Value) => boolean,
): readonly Value[] {
  if (node.op === "custom") {
    const { body } = (node as Node<"custom">).params;
    const copies = new Map(body.inputs.map((input, i) => [input, inputs[i]!]));
    copyAll(body, copies, rewriter);
    return body.outputs.map((output) => copies.get(output)!);
  }
  rewriter.at(node);
  return simplerOf(node, inputs, rewriter, isRead) ?? rewriter.copy(node, inputs);
}

/** The results of a node that holds graphs, made simpler; null where there is nothing to do. */
function simplerOf(
  node: Node,
  inputs: readonly Value[],
  rewriter: Rewriter,
  isRead: (value: Value) => boolean,
): readonly Value[] | null {
  switch (late && node.op) {
    case "scan":
      return late!.simplifyScan(rewriter, node as Node<"scan">, inputs, isRead, simplified);
    case "cond":
      return late!.simplifyCond(rewriter, node as Node<"cond">, inputs, isRead, simplified);
    case "whileLoop":
      return late!.simplifyWhile(rewriter, node as Node<"whileLoop">, inputs, isRead, simplified);
    default:
      return null;
  }
}
