// Where a differentiation starts and ends: fresh roots for its arguments, results without its history.

import { Value } from "../../ir/graph.ts";
import { type Scope, Tensor } from "../values/tensor.ts";
import { prims, remember } from "./apply.ts";
import { current } from "./current.ts";

/**
 * The same numbers at a place of their own, so that only what passes through here is differentiated.
 * Outer differentiations still see where it came from.
 */
export function rootOf(tensor: Tensor, scope: Scope): Tensor {
  const same = prims.reshape(tensor, { shape: tensor.type.shape });
  if (current.trace) return same;
  const { known, value, scopes } = same.parts;
  return remember(
    new Tensor({
      type: same.type,
      known: known!,
      value: value ?? new Value(same.type),
      scopes: [...(scopes ?? []), scope],
    }),
  );
}

/** Where a tensor stands in the present trace or recording. */
export function placeOf(tensor: Tensor): Value {
  const operand = tensor.read();
  if (current.trace) return current.trace.lift(operand);
  return operand.parts.value ?? remember(withPlace(operand)).parts.value!;
}

function withPlace(tensor: Tensor): Tensor {
  return new Tensor({ ...tensor.parts, value: new Value(tensor.type) });
}

/** The tensor without the history of differentiations that are over. */
export function settle(tensor: Tensor): Tensor {
  const operand = tensor.read();
  const { type, known, value } = operand.parts;
  return !known || !value || operand.tracked ? operand : new Tensor({ type, known });
}
