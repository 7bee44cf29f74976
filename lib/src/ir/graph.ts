// A program: values joined by nodes. Graphs share structure and are never changed in place.

import { expectArgument, instance, listOf } from "../checks/arguments.ts";
import { NeuriteError } from "../checks/errors.ts";
import type { OpName, OpTable } from "./op-signatures.ts";
import { showType, type TensorType } from "./type.ts";

/** One edge of a graph. A value without a node is a placeholder: an input of some graph. */
export class Value {
  readonly type: TensorType;
  readonly node: Node | null;
  readonly index: number;
  /** The name a user gave it, for printing only. */
  readonly name: string | undefined;

  constructor(type: TensorType, node: Node | null = null, index = 0, name?: string) {
    this.type = type;
    this.node = node;
    this.index = index;
    this.name = name;
  }
}

/** Where a node comes from: the user's scope, and the node it was derived from by a transform. */
export interface Provenance {
  readonly path?: string | undefined;
  readonly origin?: Node | undefined;
}

/** One primitive applied to values. */
export class Node<N extends OpName = OpName> {
  readonly op: N;
  readonly inputs: readonly Value[];
  readonly params: OpTable<unknown, Graph>[N]["params"];
  readonly outputs: readonly Value[];
  readonly path: string | undefined;
  readonly origin: Node | undefined;

  constructor(
    op: N,
    inputs: readonly Value[],
    params: OpTable<unknown, Graph>[N]["params"],
    types: readonly TensorType[],
    from: Provenance = {},
  ) {
    this.op = op;
    this.inputs = inputs;
    this.params = params;
    this.outputs = types.map((type, index) => new Value(type, this, index));
    this.path = from.path;
    this.origin = from.origin;
  }
}

/**
 * A closed program. `inputs` may be any values: what computes an input does not belong to the graph,
 * so cutting a graph at an inner value needs no copy.
 */
export interface Graph {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Every node that the outputs need, each after the nodes it reads. */
  readonly nodes: readonly Node[];
}

const valuesKind = listOf(instance("a value of a graph", Value));

/**
 * The graph that computes `outputs` from `inputs`.
 * @throws NeuriteError when an output depends on a placeholder that is not among the inputs
 */
export function makeGraph(inputs: readonly Value[], outputs: readonly Value[]): Graph {
  expectArgument("makeGraph", "inputs", inputs, valuesKind);
  expectArgument("makeGraph", "outputs", outputs, valuesKind);
  if (new Set(inputs).size !== inputs.length) {
    throw new NeuriteError("graph: an input is listed twice");
  }
  const nodes = sortNodes(inputs, outputs, (value) => {
    throw new NeuriteError(`graph: a placeholder ${showType(value.type)} is not an input`);
  });
  return { inputs, outputs, nodes };
}

/**
 * Nodes that `outputs` need, in dependency order, cut at the `known` values.
 * No recursion, because chains can be longer than the stack is deep.
 * @param onFree told each placeholder that is not known; by default these are left alone
 */
export function sortNodes(
  known: Iterable<Value>,
  outputs: readonly Value[],
  onFree: (value: Value) => void = () => {},
): Node[] {
  const cut = new Set(known);
  const sorted: Node[] = [];
  const entered = new Set<Node>();
  const done = new Set<Node>();
  const stack: Value[] = [...outputs].reverse();
  while (stack.length > 0) {
    const value = stack[stack.length - 1]!;
    const node = value.node;
    if (cut.has(value) || (node && done.has(node))) {
      stack.pop();
    } else if (!node) {
      onFree(value);
      stack.pop();
    } else if (entered.has(node)) {
      stack.pop();
      done.add(node);
      sorted.push(node);
    } else {
      entered.add(node);
      for (let i = node.inputs.length - 1; i >= 0; i--) stack.push(node.inputs[i]!);
    }
  }
  return sorted;
}

/** Values that `nodes`, in dependency order, reach from `roots`; the roots included. */
export function dependents(nodes: readonly Node[], roots: Iterable<Value>): Set<Value> {
  const reached = new Set(roots);
  for (const node of nodes) {
    if (node.inputs.some((input) => reached.has(input))) {
      for (const output of node.outputs) reached.add(output);
    }
  }
  return reached;
}
