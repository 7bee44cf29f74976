// Operands that a kernel reads as arrays: movement is followed as far as views go, else copied.

import type { Node, Value } from "../../../ir/graph.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import type { Fusions } from "./fusions.ts";
import { placeRoot } from "./join.ts";
import { isMovement } from "./kinds.ts";
import { type BufferView, isWhole, type Move, moved, wholeView } from "./view.ts";

/** A value as a view of memory. */
export function viewOf(fusions: Fusions, value: Value): BufferView {
  const moves: Move[] = [];
  let at = value;
  while (!fusions.isInMemory(at)) {
    const node = at.node!;
    if (!isMovement(node.op)) break;
    moves.unshift({ op: node.op, params: node.params } as Move);
    at = node.inputs[0]!;
  }
  if (!fusions.isInMemory(at)) placeRoot(fusions, at, 0); // a constant or a count
  let view = wholeView(fusions.bufferOf(at), at.type.shape);
  for (const move of moves) view = moved(view, move) ?? moved(fusions.compact(view).view, move)!;
  return view;
}

/** The view, or a copy where it runs backwards. */
export function forwards(fusions: Fusions, view: BufferView): BufferView {
  return view.strides.some((stride) => stride < 0) ? fusions.compact(view).view : view;
}

/** A value, moved where it must be, as a whole array in row-major order. */
export function wholeOf(fusions: Fusions, value: Value, moves: readonly Move[] = []): BufferView {
  const view = moves.reduce((at, move) => moved(at, move)!, viewOf(fusions, value));
  const whole = isWhole(view) ? view : fusions.compact(view).view;
  return { ...whole, shape: view.shape };
}

/** Rows of fewer numbers scatterAdd adds one by one; putting them in order would take longer. */
export const WIDE = 4;

/**
 * True where scatterAdd may read the rows that a gather would give where they lie: its operands then are the indices,
 * the array and the indices of the gather.
 */
export function readsRows(chosen: TensorType, added: TensorType, gather: Node): boolean {
  const row = sizeOf(added.shape.slice(chosen.shape.length));
  const [from, rows] = gather.inputs as readonly [Value, Value];
  return (
    row >= WIDE &&
    row === sizeOf(from.type.shape.slice(1)) &&
    sizeOf(rows.type.shape) === sizeOf(chosen.shape)
  );
}
