// What functions on tensors ask of their arguments: tensors, numbers in their place, shapes, axes.

import { instance, type Kind, listOf, number, text, worded } from "../../checks/arguments.ts";
import { Tensor } from "./tensor.ts";

/** What to write where numbers stand and a tensor should. */
function asTensor(value: unknown): string | undefined {
  if (typeof value === "number") return `Write tensor(${value})`;
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  return isList ? "Make a tensor of it with tensor()" : undefined;
}

export const tensorKind: Kind<Tensor> = worded("a tensor", instance("a tensor", Tensor), asTensor);
export const tensorsKind: Kind<readonly Tensor[]> = worded("a list of tensors", listOf(tensorKind));
/** What broadcasts with a tensor. Lists do not: in trees they are no tensors either. */
export const operandKind: Kind<Tensor | number> = {
  says: "a number or a tensor",
  fits: (x) => typeof x === "number" || x instanceof Tensor,
  hint: asTensor,
};
/** Numbers in a list; which of them are lengths or axes, the functions say in words of their own. */
export const shapeKind: Kind<never> = worded(
  "a shape, a list of numbers",
  listOf(number),
) as Kind<never>;
export const axisKind: Kind<number> = worded("the number of an axis", number);
export const axesKind: Kind<never> = {
  says: "the number of an axis or a list of them",
  fits: (x) => typeof x === "number" || (Array.isArray(x) && x.every((i) => typeof i === "number")),
};
/** The name of an element type; `checkDType` knows which there are. */
export const dtypeKind: Kind<never> = worded("the name of an element type", text) as Kind<never>;
