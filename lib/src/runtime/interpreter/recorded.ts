// What a recording saved: the tensor behind each value. Entries live as long as the history that
// leads to the value, so memory is freed with the last tensor that needs it.

import { GradientError } from "../../checks/errors.ts";
import type { Node, Value } from "../../ir/graph.ts";
import type { Tensor } from "../values/tensor.ts";

export const recorded: WeakMap<Value, Tensor> = new WeakMap<Value, Tensor>();

/** Nodes whose saved tensors an earlier backward() gave up. */
const released = new WeakSet<Node>();

/** @throws GradientError when an earlier backward() has released the history */
export function recall(value: Value): Tensor {
  const tensor = recorded.get(value);
  if (tensor) return tensor;
  throw historyReleased();
}

/**
 * Forgets the tensors that `nodes` saved. All of them count as released, needed again or not: whether
 * a second backward() works must not depend on what the ops in between save.
 */
export function release(nodes: readonly Node[]): void {
  for (const node of nodes) {
    released.add(node);
    for (const output of node.outputs) recorded.delete(output);
  }
}

/** @throws GradientError when one of the nodes was released */
export function expectHistory(nodes: readonly Node[]): void {
  if (nodes.some((node) => released.has(node))) throw historyReleased();
}

function historyReleased(): GradientError {
  return new GradientError(
    "backward: the history of this tensor was released by an earlier backward(). " +
      "Compute it again, or pass { keepHistory: true } the first time.",
  );
}
