// What an activation function is, and how a table describes a family of them.

import type { Kind } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";

/** A function of the net input, applied element by element or (axisWise) over the last axis. */
export interface Activation {
  readonly name: string;
  readonly config: Readonly<Record<string, number>>;
  /** The function in plain text, with its numbers. */
  readonly formula?: string;
  readonly apply: (x: Tensor) => Tensor;
  /** True where an output depends on the whole last axis, as in softmax. */
  readonly axisWise?: true;
  /** How many net inputs each output has, side by side, where that is more than one, as in maxout. */
  readonly pieces?: number;
}

/** Activations that differ by numbers alone. */
export interface ActivationFamily {
  readonly defaults: Readonly<Record<string, number>>;
  readonly formula: (config: Readonly<Record<string, number>>) => string;
  readonly apply: (x: Tensor, config: Readonly<Record<string, number>>) => Tensor;
  readonly axisWise?: true;
  /** Its option `pieces` says how many net inputs an output has. */
  readonly hasPieces?: true;
  /** What options must be, where that is more than a finite number. */
  readonly kinds?: Readonly<Record<string, Kind>>;
}

/** A family without parameters. */
export function plain(formula: string, apply: (x: Tensor) => Tensor): ActivationFamily {
  return { defaults: {}, formula: () => formula, apply: (x) => apply(x) };
}

/** A family with parameters. */
export function activationFamily<C extends Readonly<Record<string, number>>>(
  defaults: C,
  formula: (config: C) => string,
  apply: (x: Tensor, config: C) => Tensor,
): ActivationFamily {
  return {
    defaults,
    formula: formula as ActivationFamily["formula"],
    apply: apply as ActivationFamily["apply"],
  };
}
