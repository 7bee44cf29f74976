// Loops that run side by side over the same numbers, made one: what both compute is computed once.
// Such a pair is a loop and the one that a derivative makes of it, to save what it needs.

import { dependents, type Graph, makeGraph, type Node, Value } from "../../ir/graph.ts";
import { addNode } from "../../ops/builder.ts";

type ScanNode = Node<"scan">;

/** The graphs with one loop in the place of two, for every two where that may help. */
export function* joinedLoops(graph: Graph): Generator<Graph> {
  const loops = graph.nodes.filter(({ op }) => op === "scan") as ScanNode[];
  for (const [i, a] of loops.entries()) {
    const after = dependents(graph.nodes, a.outputs);
    for (const b of loops.slice(i + 1)) {
      const isFree = !b.inputs.some((input) => after.has(input));
      if (isFree && runAlike(a, b)) yield replaced(graph, a, b);
    }
  }
}

/** True for as many steps the same way, where one of the two reads all that the other reads. */
function runAlike(a: ScanNode, b: ScanNode): boolean {
  if (a.params.length !== b.params.length || a.params.reverse !== b.params.reverse) return false;
  const readsAll = (of: ScanNode, by: ScanNode) =>
    of.inputs.every((input) => by.inputs.includes(input));
  return readsAll(a, b) || readsAll(b, a);
}

function replaced(graph: Graph, a: ScanNode, b: ScanNode): Graph {
  const copies = new Map<Value, Value>();
  const copyOf = (value: Value) => copies.get(value) ?? value;
  const put = (from: readonly Value[], to: readonly Value[]) =>
    from.forEach((value, i) => copies.set(value, to[i]!));
  put(both(leaving(a, a.outputs), leaving(b, b.outputs)), join(a, b));
  for (const node of graph.nodes) {
    if (node === a || node === b || !node.inputs.some((input) => copies.has(input))) continue;
    put(node.outputs, addNode(node.op, node.inputs.map(copyOf), node.params, node));
  }
  return makeGraph(graph.inputs, graph.outputs.map(copyOf));
}

/** Both loops as one; the results of a and b in turn, kind by kind. */
function join(a: ScanNode, b: ScanNode): readonly Value[] {
  const [first, second] = [a.params.body, withOwnInputs(b.params.body)];
  const body = makeGraph(
    both(entering(a, first.inputs), entering(b, second.inputs)),
    both(leaving(a, first.outputs), leaving(b, second.outputs)),
  );
  const { constants, carries } = b.params;
  const params = {
    ...a.params,
    body,
    constants: a.params.constants + constants,
    carries: a.params.carries + carries,
  };
  return addNode("scan", both(entering(a, a.inputs), entering(b, b.inputs)), params, a);
}

/** What enters a loop or its body, by kind: constants, carries, sequences. */
function entering({ params }: ScanNode, list: readonly Value[]): Value[][] {
  const { constants, carries } = params;
  const from = constants + carries;
  return [list.slice(0, constants), list.slice(constants, from), list.slice(from)];
}

/** What leaves a loop or its body, by kind: carries, slices. */
function leaving({ params }: ScanNode, list: readonly Value[]): Value[][] {
  return [list.slice(0, params.carries), list.slice(params.carries)];
}

function both(a: readonly Value[][], b: readonly Value[][]): Value[] {
  return a.flatMap((kind, i) => [...kind, ...b[i]!]);
}

/** A copy: bodies may share their inputs. */
function withOwnInputs(body: Graph): Graph {
  const copies = new Map(body.inputs.map((input) => [input, new Value(input.type)]));
  for (const node of body.nodes) {
    const inputs = node.inputs.map((input) => copies.get(input)!);
    const results = addNode(node.op, inputs, node.params, node);
    node.outputs.forEach((output, i) => copies.set(output, results[i]!));
  }
  const [inputs, outputs] = [body.inputs, body.outputs].map((list) =>
    list.map((value) => copies.get(value)!),
  );
  return makeGraph(inputs!, outputs!);
}
