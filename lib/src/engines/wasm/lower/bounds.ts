// How large a kernel may grow. All that walks through an expression rests on these bounds: recursion
// goes no deeper, and the code, of which some kernels hold up to 32 copies, stays far below the limits
// of WebAssembly engines (50,000 locals and 7.6 MB a function).

import { NeuriteError } from "../../../checks/errors.ts";
import type { Graph, Node, Value } from "../../../ir/graph.ts";
import type { OpName } from "../../../ir/op-table.ts";
import { type Element, elementsBelow, instructionsOf } from "./element.ts";
import { isElementwise, isMovement } from "./kinds.ts";

/** The most that one expression may cost, and all that follows the head of one kernel. */
export const MOST_COST = 400;
/** The most movement ops on the way from an element to what it is computed from. */
export const MOST_MOVES = 64;

/** @throws NeuriteError where a kernel has grown beyond the bounds: a fault of the compiler */
export function expectBounded(roots: readonly Element[]): void {
  const cost = elementsBelow(roots).reduce(
    (sum, e) => sum + (e.kind === "op" ? sizeOf(e.op) : 0),
    0,
  );
  if (cost <= MOST_COST) return;
  throw new NeuriteError(`wasm: an expression of cost ${cost} is larger than ${MOST_COST}`);
}

/** The cost of an op as the bounds count it: what costs nothing is a step on the way all the same. */
function sizeOf(op: OpName): number {
  return Math.max(1, instructionsOf(op));
}

/** What is computed along with a value that is not in memory. */
interface Inside {
  /** The elementwise nodes, each once. */
  readonly nodes: Set<Node>;
  cost: number;
  /** The movement ops on the longest way down. */
  moves: number;
}

const NOTHING: Readonly<Inside> = { nodes: new Set(), cost: 0, moves: 0 };

/**
 * Makes more values roots, until no expression from a root down to other roots, or to what is in
 * memory anyway, is larger than the bounds allow.
 * @returns what it costs to compute each root
 */
export function cutLarge(graph: Graph, roots: Set<Value>): ReadonlyMap<Value, number> {
  return new Cutter(graph, roots).costs;
}

class Cutter {
  readonly costs: Map<Value, number> = new Map();
  readonly #roots: Set<Value>;
  /** Of values that are still to be read. */
  readonly #insides = new Map<Value, Inside>();
  /** How many nodes are still to read a value into their expressions. */
  readonly #readers = new Map<Value, number>();

  constructor(graph: Graph, roots: Set<Value>) {
    this.#roots = roots;
    const inlined = graph.nodes.filter(({ op }) => isElementwise(op) || isMovement(op));
    for (const { inputs } of inlined) {
      for (const input of new Set(inputs)) {
        this.#readers.set(input, (this.#readers.get(input) ?? 0) + 1);
      }
    }
    for (const node of inlined) this.#visit(node);
  }

  #visit(node: Node): void {
    const value = node.outputs[0]!;
    const operands = [...new Set(node.inputs)];
    while (this.#costWith(node, operands) > MOST_COST) this.#cut(this.#largest(operands));
    const made = this.#joined(operands);
    if (isMovement(node.op)) made.moves += 1;
    else {
      made.nodes.add(node);
      made.cost += sizeOf(node.op);
    }
    if (made.moves > MOST_MOVES) this.#roots.add(value);
    if (this.#roots.has(value)) this.costs.set(value, made.cost);
    else if (this.#readers.has(value)) this.#insides.set(value, made);
  }

  #inside(value: Value): Readonly<Inside> {
    return this.#insides.get(value) ?? NOTHING;
  }

  #largest(operands: readonly Value[]): Value {
    return operands.reduce((a, b) => (this.#inside(b).cost > this.#inside(a).cost ? b : a));
  }

  /** What the node would cost with all that is computed along with it. */
  #costWith(node: Node, operands: readonly Value[]): number {
    const { nodes, cost } = this.#inside(this.#largest(operands));
    const others = operands.flatMap((operand) => [...this.#inside(operand).nodes]);
    const added = new Set(others.filter((other) => !nodes.has(other)));
    if (isElementwise(node.op)) added.add(node);
    return [...added].reduce((sum, { op }) => sum + sizeOf(op), cost);
  }

  /** What is computed along with any of the operands; what nobody else will read is taken over. */
  #joined(operands: readonly Value[]): Inside {
    const largest = this.#largest(operands);
    const { nodes, cost } = this.#inside(largest);
    const moves = Math.max(...operands.map((operand) => this.#inside(operand).moves));
    const others = operands.filter((operand) => operand !== largest).map((x) => this.#inside(x));
    const isFree = this.#readers.get(largest) === 1 && this.#insides.has(largest);
    const made: Inside = { nodes: isFree ? nodes : new Set(nodes), cost, moves };
    for (const other of others.flatMap((inside) => [...inside.nodes])) {
      if (made.nodes.has(other)) continue;
      made.nodes.add(other);
      made.cost += sizeOf(other.op);
    }
    for (const operand of operands) {
      const left = this.#readers.get(operand)! - 1;
      this.#readers.set(operand, left);
      if (left === 0) this.#insides.delete(operand);
    }
    return made;
  }

  /** Makes a root of a value, or of what it is a view of. */
  #cut(value: Value): void {
    const { cost, moves } = this.#inside(value);
    let source = value;
    while (isMovement(source.node!.op)) source = source.node!.inputs[0]!;
    this.#roots.add(source);
    this.costs.set(source, cost);
    this.#insides.delete(source);
    if (source !== value) this.#insides.set(value, { nodes: new Set(), cost: 0, moves });
  }
}
