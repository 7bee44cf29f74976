// Decides which values of a graph are worth a kernel's output; all others are computed where they are
// used.

import type { Graph, Node, Value } from "../../../ir/graph.ts";
import { sizeOf } from "../../../ir/shape.ts";
import { cutLarge } from "./bounds.ts";
import { instructionsOf } from "./element.ts";
import { isElementwise, isMovement, isReduction } from "./kinds.ts";

/** Up to this cost a value with several users is computed again by each. */
const CHEAP = 2;
const FEW = 3;

/** How a value is used by what comes after it. */
interface Uses {
  /** The roots that compute it inside; not all of them where they are more than FEW. */
  readonly by: Set<Value>;
  /** Some user needs it in memory. */
  operand: boolean;
  /** Some user reads each element many times. */
  repeated: boolean;
  /** The orders in which its elements are read, by the movement ops on the way; two of them at most. */
  readonly orders: Set<number>;
}

/** True for a leaf that kernels make up themselves: a single number, or a count. */
export function isMadeUp(value: Value): boolean {
  return value.node?.op === "iota" || isNumber(value);
}

/** True for a constant of one element, which kernels have in their code. */
export function isNumber({ node, type }: Value): boolean {
  return node?.op === "constant" && sizeOf(type.shape) === 1;
}

/** The elementwise and movement values that get memory of their own, by what it costs to compute them. */
export function chooseRoots(graph: Graph): ReadonlyMap<Value, number> {
  const roots = new Set<Value>();
  const uses = new Map<Value, Uses>();
  const known = new Set(graph.inputs);
  const usesOf = (value: Value): Uses => {
    const found = uses.get(value) ?? {
      by: new Set<Value>(),
      operand: false,
      repeated: false,
      orders: new Set<number>(),
    };
    uses.set(value, found);
    return found;
  };
  const costs = inlineCosts(graph, known);
  const outputs = new Set(graph.outputs);
  const orders = new Orders();
  for (const [at, node] of [...graph.nodes].reverse().entries()) {
    const value = node.outputs[0]!;
    const own = usesOf(value);
    const inlined = isElementwise(node.op) || isMovement(node.op);
    const isRoot =
      inlined &&
      (outputs.has(value) || (isElementwise(node.op) && worthMemory(own, costs.get(value)!)));
    if (isRoot) roots.add(value);
    for (const input of node.inputs) {
      const theirs = usesOf(input);
      if (!inlined && !isReduction(node.op)) theirs.operand = true;
      else if (!inlined || isRoot) theirs.by.add(value);
      else {
        for (const root of own.by) {
          if (theirs.by.size > FEW) break;
          theirs.by.add(root);
        }
      }
      for (const order of isRoot || !inlined ? [AS_IT_IS] : own.orders) {
        if (theirs.orders.size > 1) break;
        theirs.orders.add(isMovement(node.op) ? orders.after(at, order) : order);
      }
      if (isMovement(node.op) && !isRoot) {
        theirs.operand ||= own.operand;
        theirs.repeated ||= own.repeated;
      } else if (isElementwise(node.op) && !isRoot) theirs.repeated ||= own.repeated;
      if (repeats(node)) theirs.repeated = true;
    }
  }
  return cutLarge(graph, roots);
}

/** The order in which an array lies in memory. */
const AS_IT_IS = 0;

/** Numbers for the orders in which elements are read: for a movement op and the order that it changes. */
class Orders {
  readonly #numbers = new Map<string, number>();

  after(op: number, order: number): number {
    const key = `${op} ${order}`;
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1;
    this.#numbers.set(key, number);
    return number;
  }
}

function repeats(node: Node): boolean {
  return (
    node.op === "expand" && sizeOf(node.outputs[0]!.type.shape) > sizeOf(node.inputs[0]!.type.shape)
  );
}

function worthMemory({ by, operand, repeated, orders }: Uses, cost: number): boolean {
  // Read in several orders, it would be computed in each: twice at every level of a tall expression.
  const often = by.size > 1 || orders.size > 1;
  return operand || (repeated && cost > 0) || (often && (cost > CHEAP || by.size > FEW));
}

/** What it costs to compute a value from the nearest values that are in memory anyway. */
function inlineCosts(graph: Graph, known: ReadonlySet<Value>): Map<Value, number> {
  const costs = new Map<Value, number>();
  for (const node of graph.nodes) {
    const inlined = isElementwise(node.op) || isMovement(node.op);
    const inputs = node.inputs.map((input) => (known.has(input) ? 0 : (costs.get(input) ?? 0)));
    const below = inlined ? inputs.reduce((a, b) => a + b, 0) : 0;
    const own = isElementwise(node.op) ? instructionsOf(node.op) : 0;
    for (const output of node.outputs) costs.set(output, below + own);
  }
  return costs;
}
