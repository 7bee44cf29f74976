// What a graph's drawing shows: of an expression's computation, and of any graph of the library.

import type { Annotations, ChainPass, Computation } from "neurite/inspect";
import { type Graph, type Node, showType, type TensorType, type Value } from "neurite/ir";
import { sixDigits } from "../expressions/numbers.ts";
import type { DrawnEdge, DrawnNode, GraphDrawing } from "./graph.ts";

/**
 * A computation with the values on its edges, and under them what a reverse pass sends back over each: all
 * that arrives at a value together is its gradient.
 */
export function computationDrawing(computation: Computation, pass: ChainPass): GraphDrawing {
  const nodes: DrawnNode[] = [];
  const edges: DrawnEdge[] = [];
  const gradients = new Map(pass.derivatives.map(({ name, value }) => [name, value]));
  for (const { name, value } of computation.inputs) {
    const derivative = `d${pass.of}/d${name} = ${sixDigits(gradients.get(name)!)}`;
    nodes.push({
      id: `value ${name}`,
      kind: "input",
      lines: [`${name} = ${sixDigits(value)}`, derivative],
    });
  }
  for (const { name, formula, operands } of computation.operations) {
    const id = `value ${name}`;
    nodes.push({ id, kind: "operation", lines: [name, shortened(formula)] });
    const terms = pass.moves.find(({ operation }) => operation === name)?.terms ?? [];
    let next = 0;
    operands.forEach((operand, place) => {
      if (operand.kind === "constant") {
        const constant = `constant ${name} ${place}`;
        nodes.push({ id: constant, kind: "constant", lines: [operand.name] });
        edges.push({ from: constant, to: id });
        return;
      }
      const term = terms[next];
      next += 1;
      edges.push({
        from: `value ${operand.name}`,
        to: id,
        value: sixDigits(operand.value),
        ...(term && { gradient: sixDigits(term.product) }),
      });
    });
  }
  for (const { name, value, source } of computation.outputs) {
    const id = `output ${name}`;
    nodes.push({ id, kind: "output", lines: [name] });
    if (source === null) continue;
    const gradient = name === pass.of ? { gradient: "1" } : {};
    edges.push({ from: `value ${source}`, to: id, value: sixDigits(value), ...gradient });
  }
  const title = `Computation graph of ${computation.outputs.map(({ name }) => name).join(", ")} with values and gradients on its edges`;
  return { title, nodes, edges };
}

/**
 * Any graph of the library. On its edges what `annotate()` gives, or else the types of what flows there, of
 * float32 the shape alone.
 * @param title what a screen reader says
 */
export function libraryDrawing(
  graph: Graph,
  title: string,
  annotations?: Annotations,
): GraphDrawing {
  const nodes: DrawnNode[] = [];
  const edges: DrawnEdge[] = [];
  const ids = new Map<Value, string>();
  const connect = (from: Value, to: string) => {
    const value = annotations?.values.get(from) ?? shortType(from.type);
    const gradient = annotations?.gradients.get(from);
    const isConstant = from.node?.op === "constant";
    const words = isConstant ? {} : { value, ...(gradient !== undefined && { gradient }) };
    edges.push({ from: ids.get(from)!, to, ...words });
  };
  graph.inputs.forEach((input, i) => {
    ids.set(input, `input ${i}`);
    nodes.push({ id: `input ${i}`, kind: "input", lines: [input.name ?? `input ${i}`] });
  });
  graph.nodes.forEach((node, i) => {
    const id = `node ${i}`;
    const kind = node.op === "constant" ? "constant" : "operation";
    nodes.push({ id, kind, lines: linesOf(node) });
    for (const input of node.inputs) connect(input, id);
    for (const output of node.outputs) ids.set(output, id);
  });
  graph.outputs.forEach((output, i) => {
    const id = `output ${i}`;
    const name = graph.outputs.length === 1 ? "output" : id;
    nodes.push({ id, kind: "output", lines: [name] });
    connect(output, id);
  });
  return { title, nodes, edges };
}

function shortType(type: TensorType): string {
  return type.dtype === "float32" ? `[${type.shape.join(", ")}]` : showType(type);
}

function linesOf(node: Node): string[] {
  if (node.op === "constant") {
    const { data } = (node as Node<"constant">).params;
    const isNumber = data.length === 1;
    return [isNumber ? sixDigits(Number(data[0])) : showType(node.outputs[0]!.type)];
  }
  return node.path === undefined ? [node.op] : [node.op, shortened(node.path)];
}

const LONGEST = 28;

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
