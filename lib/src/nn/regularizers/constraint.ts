// What weights are held to after every update: a largest norm, norm 1, or no number below 0.

import {
  expectArgument,
  expectOptions,
  type Kinds,
  oneOf,
  positive,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add, clip, div, maximum, mul, sqrt, square } from "../../tensor/elementwise.ts";
import { sum } from "../../tensor/reduce.ts";

/**
 * "maxNorm": the weights into each unit are shortened to an L2 norm of `max` where they are longer (Srebro and
 * Shraibman 2005; Srivastava et al. 2014 with dropout); "unitNorm": to a norm of 1; "nonNegative": those below 0
 * become 0. As in Keras, for the kernels that a penalty would act on; the unit is the last axis.
 */
export interface Constraint {
  readonly kind: "maxNorm" | "unitNorm" | "nonNegative";
  /** Of "maxNorm" alone. */
  readonly max?: number;
}

const FIELDS: Kinds<Constraint> = {
  kind: oneOf("maxNorm", "unitNorm", "nonNegative"),
  max: positive,
};

/** Keras adds it to norms, so that a unit of zeros stays one. */
const EPSILON = 1e-7;

/**
 * A constraint that says something.
 * @throws ArgumentError for what is no constraint, and a maximum that is missing or means nothing
 */
export function constraintOf(constraint: Constraint): Constraint {
  expectOptions("constraint", constraint, FIELDS, ["kind"]);
  const { kind, max } = constraint;
  if (kind === "maxNorm") expectArgument("constraint", "max", max, positive);
  if (kind !== "maxNorm" && max !== undefined) {
    throw new ArgumentError(`constraint: expected no max for "${kind}", received ${max}`);
  }
  return constraint;
}

/** Weights as the constraint wants them, of the same shape: [inputs, units] or [..., inputs, units]. */
export function constrained({ kind, max }: Constraint, w: Tensor): Tensor {
  if (kind === "nonNegative") return maximum(w, 0);
  const axes = w.type.shape.map((_, axis) => axis).slice(0, -1);
  const norms = sqrt(sum(square(w), axes, true));
  const wanted = kind === "unitNorm" ? 1 : clip(norms, 0, max!);
  return mul(w, div(wanted, add(norms, EPSILON)));
}
