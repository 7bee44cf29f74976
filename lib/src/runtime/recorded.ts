// What a recording saved: the tensor behind each value. Entries live as long as the history that
// leads to the value, so memory is freed with the last tensor that needs it.

import { GradientError } from "../ir/errors.ts";
import type { Value } from "../ir/graph.ts";
import type { Tensor } from "./tensor.ts";

export const recorded: WeakMap<Value, Tensor> = new WeakMap<Value, Tensor>();

/** @throws GradientError when an earlier backward() has released the history */
export function recall(value: Value): Tensor {
  const tensor = recorded.get(value);
  if (tensor) return tensor;
  throw new GradientError(
    "backward: the history of this tensor was released by an earlier backward(). " +
      "Compute it again, or pass { keepHistory: true } the first time.",
  );
}
