// Makes a graph smaller without changing what it computes, to the bit.

import { type Graph, makeGraph, type Node, type Value } from "../ir/graph.ts";
import { sameType, showType } from "../ir/type.ts";
import { addNode } from "../ops/builder.ts";
import { checked } from "./checked.ts";

/**
 * Drops what no output needs, merges nodes that compute the same, opens functions with custom
 * gradients, and removes ops that only pass their operand on.
 */
export function simplify(graph: Graph): Graph {
  const merged = new Merger();
  const copies = new Map<Value, Value>(graph.inputs.map((input) => [input, input]));
  emitAll(graph, copies, merged);
  const outputs = graph.outputs.map((output) => copies.get(output)!);
  return checked(makeGraph(graph.inputs, outputs));
}

function emitAll(graph: Graph, copies: Map<Value, Value>, merged: Merger): void {
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((input) => copies.get(input)!);
    const results = rewrite(node, inputs, merged);
    node.outputs.forEach((output, i) => copies.set(output, results[i]!));
  }
}

function rewrite(node: Node, inputs: readonly Value[], merged: Merger): readonly Value[] {
  if (passesOn(node)) return inputs;
  if (node.op === "custom") {
    const { body } = (node as Node<"custom">).params;
    const copies = new Map<Value, Value>(body.inputs.map((input, i) => [input, inputs[i]!]));
    emitAll(body, copies, merged);
    return body.outputs.map((output) => copies.get(output)!);
  }
  return merged.emit(node, inputs);
}

/** True for ops that hand their operand on unchanged. */
function passesOn(node: Node): boolean {
  const [input] = node.inputs;
  const [output] = node.outputs;
  if (!input || !output || !sameType(input.type, output.type)) return false;
  switch (node.op) {
    case "stopGradient":
    case "reshape":
    case "expand":
    case "cast":
      return true;
    case "transpose":
      return (node as Node<"transpose">).params.perm.every((axis, i) => axis === i);
    default:
      return false;
  }
}

/** Common subexpressions: gives the same results for the same op on the same operands. */
class Merger {
  readonly #numbers = new Map<Value, number>();
  readonly #seen = new Map<string, readonly Value[]>();

  emit(node: Node, inputs: readonly Value[]): readonly Value[] {
    const key = this.#key(node, inputs);
    const known = key === null ? undefined : this.#seen.get(key);
    if (known) return known;
    const unchanged = inputs.every((input, i) => input === node.inputs[i]);
    const results = unchanged ? node.outputs : addNode(node.op, inputs, node.params, node);
    if (key !== null) this.#seen.set(key, results);
    return results;
  }

  /** Null where parameters hold graphs or large data: those are told apart by identity. */
  #key(node: Node, inputs: readonly Value[]): string | null {
    if (node.op === "scan" || node.op === "customTangent") return null;
    const operands = inputs.map((input) => this.#numberOf(input)).join(",");
    if (node.op !== "constant") return `${node.op}(${operands})${JSON.stringify(node.params)}`;
    const { data, dtype, shape } = (node as Node<"constant">).params;
    // A key must tell -0 from 0 and one NaN from a number, as String does not.
    return data.length > 16
      ? null
      : `constant${showType({ dtype, shape })}${Array.from(data, (x) => (Object.is(x, -0) ? "-0" : x))}`;
  }

  #numberOf(value: Value): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(value, number);
    }
    return number;
  }
}
