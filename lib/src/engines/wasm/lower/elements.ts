// Elements of a kernel for values of the graph: loaded, made up, or computed in that very kernel.

import type { Node, Value } from "../../../ir/graph.ts";
import { type Shape, sameShape, sizeOf } from "../../../ir/shape.ts";
import type { Element } from "./element.ts";
import type { Fusion } from "./fusion.ts";
import type { Fusions } from "./fusions.ts";
import { isMovement } from "./kinds.ts";
import { type BufferView, type Move, moved, wholeView } from "./view.ts";

/** A leaf of a root's expression: a value in memory, and whether it is read at the same place. */
export interface Leaf {
  readonly value: Value;
  readonly pointwise: boolean;
}

/** The values in memory that an expression reads: `elementOf` loads these and no others. */
export function leavesOf(fusions: Fusions, root: Value): Leaf[] {
  const leaves: Leaf[] = [];
  const seen = new Map<boolean, Set<Value>>([true, false].map((still) => [still, new Set()]));
  const visit = (value: Value, pointwise: boolean, isRoot: boolean): void => {
    if (seen.get(pointwise)!.has(value)) return;
    seen.get(pointwise)!.add(value);
    if (!isRoot && fusions.isLoaded(value)) {
      leaves.push({ value, pointwise });
      return;
    }
    const { op, inputs } = value.node!;
    const still = pointwise && (!isMovement(op) || op === "reshape");
    for (const input of inputs) visit(input, still, false);
  };
  visit(root, true, true);
  return leaves;
}

/**
 * The element of `value` after `moves`, read from memory or computed here; once for each value and
 * way to it, so that shared parts stay shared.
 */
export function elementOf(
  fusions: Fusions,
  value: Value,
  moves: readonly Move[],
  fusion: Fusion,
): Element {
  const identity = isIdentity(value.type.shape, moves, fusion.domain);
  const known = identity ? fusion.values.get(value) : fusion.moved.get(value)?.get(moves);
  if (known) return known;
  const made = fusions.isLoaded(value)
    ? load(fusions, value, moves, fusion)
    : computed(fusions, value, moves, fusion);
  if (identity) fusion.values.set(value, made);
  else fusion.moved.set(value, (fusion.moved.get(value) ?? new Map()).set(moves, made));
  return made;
}

/** The element of a value that is computed in this very kernel. */
export function computed(
  fusions: Fusions,
  value: Value,
  moves: readonly Move[],
  fusion: Fusion,
): Element {
  const node = value.node!;
  const { dtype } = value.type;
  if (node.op === "constant") {
    const { data } = (node as Node<"constant">).params;
    return { kind: "number", dtype, value: data[0]! };
  }
  if (node.op === "iota") return index(fusions, value, moves, fusion);
  if (isMovement(node.op)) {
    const move = { op: node.op, params: node.params } as Move;
    return elementOf(fusions, node.inputs[0]!, [move, ...moves], fusion);
  }
  // No map(): its frames and those of its function would take half of the stack that a deep graph has.
  const args: Element[] = [];
  for (const input of node.inputs) args.push(elementOf(fusions, input, moves, fusion));
  return { kind: "op", dtype, op: node.op, args };
}

function load(fusions: Fusions, value: Value, moves: readonly Move[], fusion: Fusion): Element {
  const { dtype, shape } = value.type;
  const producer = fusions.producers.get(value);
  const whole = wholeView(fusions.bufferOf(value), shape);
  if (producer) fusion.follow(producer);
  return { kind: "load", dtype, view: moveAll(fusions, whole, moves, fusion) };
}

/**
 * A count computed where it is needed; where no view can follow the moves, read from memory. The
 * kernel that puts it there is its own: any other might wait for the one that asks.
 */
function index(fusions: Fusions, value: Value, moves: readonly Move[], fusion: Fusion): Element {
  let view: BufferView<null> = wholeView(null, value.type.shape);
  for (const move of moves) {
    const next = moved(view, move);
    if (!next) {
      const { dtype, shape } = value.type;
      const count = { kind: "index", dtype, view: wholeView(null, shape) } as const;
      fusions.produce(value, count, fusions.start({ kind: "map" }, shape));
      return load(fusions, value, moves, fusion);
    }
    view = next;
  }
  return { kind: "index", dtype: value.type.dtype, view };
}

/** Follows the moves, copying where no view can; the kernel then comes after the copy. */
function moveAll(
  fusions: Fusions,
  start: BufferView,
  moves: readonly Move[],
  fusion: Fusion,
): BufferView {
  let view = start;
  for (const move of moves) {
    const next = moved(view, move);
    if (next) view = next;
    else {
      const { view: whole, copy } = fusions.compact(view);
      if (copy) fusion.follow(copy);
      view = moved(whole, move)!;
    }
  }
  return view;
}

/** True where the moves lead to the same elements in the same order. */
function isIdentity(shape: Shape, moves: readonly Move[], domain: Shape): boolean {
  if (!moves.every((move) => move.op === "reshape")) return false;
  return sizeOf(shape) === sizeOf(domain) && (moves.length > 0 || sameShape(shape, domain));
}
