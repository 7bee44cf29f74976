// Turns a graph into kernels, node by node: see join.ts for values that are computed in others' kernels.

import type { Graph, Node, Value } from "../../../ir/graph.ts";
import { type Element, keptAxes } from "./element.ts";
import { elementOf } from "./elements.ts";
import type { Fusion } from "./fusion.ts";
import { Fusions } from "./fusions.ts";
import { placeRoot } from "./join.ts";
import { isContraction, isElementwise, isMovement, isReduction } from "./kinds.ts";
import { forwards, readsRows, viewOf, wholeOf } from "./operands.ts";
import { chooseRoots, isMadeUp } from "./roots.ts";
import type { BufferView, Move } from "./view.ts";

/** The graph's inputs get the first arrays, in their order. */
export function fuse(graph: Graph): Fusions {
  const fusions = new Fusions();
  const roots = chooseRoots(graph);
  const outputs = new Set(graph.outputs);
  const passing = passingGathers(graph);
  for (const input of graph.inputs) fusions.giveBuffer(input);
  for (const node of graph.nodes) {
    const value = node.outputs[0]!;
    if (isElementwise(node.op) || isMovement(node.op)) {
      const cost = roots.get(value);
      if (cost !== undefined) placeRoot(fusions, value, cost);
    } else if (node.op === "constant") {
      if (!isMadeUp(value) || outputs.has(value))
        fusions.constants.set(node as Node<"constant">, fusions.giveBuffer(value));
    } else if (node.op === "iota") {
      if (outputs.has(value)) placeRoot(fusions, value, 0);
    } else if (isReduction(node.op)) placeReduction(fusions, node as Node<"sum" | "reduceMax">);
    else if (isContraction(node.op)) placeContraction(fusions, node as ContractionNode);
    else if (!passing.has(node)) placeSpecial(fusions, node, passing);
  }
  return fusions;
}

function placeReduction(fusions: Fusions, node: Node<"sum" | "reduceMax">): void {
  const [input] = node.inputs as [Value];
  const [output] = node.outputs as [Value];
  const { axes } = node.params;
  const { shape } = input.type;
  const inOrder = [...axes].sort((a, b) => a - b);
  const kept = keptAxes(shape, axes);
  const reduced = inOrder.map((axis) => shape[axis]!);
  const along = axes.includes(shape.length - 1);
  // The operand is computed inside the kernel, which is needed before its head is known.
  const fusion = fusions.start(null, output.type.shape);
  const moves: Move[] = [{ op: "transpose", params: { perm: [...kept, ...inOrder] } }];
  const element = elementOf(fusions, input, moves, fusion);
  fusions.begin(fusion, { kind: "reduce", op: node.op, reduced, along, element });
  giveHead(fusions, fusion, output);
}

type ContractionNode = Node<"matmul" | "conv" | "convGradInput" | "convGradKernel">;

function placeContraction(fusions: Fusions, node: ContractionNode): void {
  const views = node.inputs.map((input, i) => {
    if (node.op === "matmul") return forwards(fusions, viewOf(fusions, input));
    // The gradient by images runs along the kernel's input channels.
    const moves: Move[] = [{ op: "transpose", params: { perm: [0, 1, 3, 2] } }];
    return wholeOf(fusions, input, node.op === "convGradInput" && i === 1 ? moves : []);
  });
  const [output] = node.outputs as [Value];
  const { dtype } = output.type;
  // Bytes are multiplied as int32: the low eight bits come out the same.
  const operands = views.map((view) =>
    dtype === "uint8" ? fusions.compact(view, "int32").view : view,
  ) as [BufferView, BufferView];
  const fusion = fusions.start({ kind: "contraction", node, operands }, output.type.shape);
  fusions.followWriters(fusion, operands);
  if (dtype === "uint8") {
    const head: Element = { kind: "head", dtype: "int32" };
    fusions.produce(output, { kind: "op", op: "cast", dtype, args: [head] }, fusion);
  } else giveHead(fusions, fusion, output);
}

/** Gathers whose rows go straight on by index, to nothing else: they need no array for them. */
function passingGathers(graph: Graph): ReadonlySet<Node> {
  const uses = new Map<Value, number>();
  for (const value of [...graph.outputs, ...graph.nodes.flatMap(({ inputs }) => inputs)]) {
    uses.set(value, (uses.get(value) ?? 0) + 1);
  }
  const found = graph.nodes.flatMap(({ op, inputs }) => {
    const from = inputs[1]?.node;
    const passes = op === "scatterAdd" && from?.op === "gather" && uses.get(inputs[1]!) === 1;
    return passes && readsRows(inputs[0]!.type, inputs[1]!.type, from) ? [from] : [];
  });
  return new Set(found);
}

function placeSpecial(fusions: Fusions, node: Node, passing: ReadonlySet<Node>): void {
  const inputs = node.inputs.flatMap((input) =>
    input.node && passing.has(input.node) ? input.node.inputs : [input],
  );
  const operands = inputs.map((input) => wholeOf(fusions, input));
  const results = node.outputs.map(({ type }) => fusions.makeBuffer(type.dtype, type.shape));
  // Whether a loop goes on is written down once a turn, for all threads to read.
  if (node.op === "whileLoop") results.push(fusions.makeBuffer("bool", []));
  const head = { kind: "special", node, operands, results } as const;
  const fusion = fusions.start(head, node.outputs[0]?.type.shape ?? []);
  fusions.followWriters(fusion, operands);
  node.outputs.forEach((output, i) => {
    fusions.produceIn(output, results[i]!, fusion);
  });
}

function giveHead(fusions: Fusions, fusion: Fusion, output: Value): void {
  fusions.produce(output, { kind: "head", dtype: output.type.dtype }, fusion);
}
