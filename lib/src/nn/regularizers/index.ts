// Weight penalties.

export { type Constraint, constrained, constraintOf } from "./constraint.ts";
export { type Crossed, stopAtZero } from "./crossing.ts";
export { formula } from "./formula.ts";
export {
  type Convention,
  coefficient,
  penalty,
  penaltySlope,
  type Regularizer,
  regularizerOf,
  type Sizes,
} from "./regularizer.ts";
