// The third part of a training step: penalty, optimizer, and the new numbers in their variables.

import { tensorsLike } from "../../nn/network/params.ts";
import type { Optimizer } from "../../nn/optimizers/index.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Found } from "./exchange.ts";
import { afterUpdate, type Penalty, penaltyGradient } from "./penalty.ts";
import { assignTree, type VariableTree } from "./variables.ts";

/** What an update reads and writes. */
export interface UpdateInputs {
  readonly params: VariableTree;
  readonly state: VariableTree;
  readonly slots: VariableTree;
  readonly learningRate: Variable;
  readonly optimizer: Optimizer;
  readonly penalty: Penalty | null;
}

/**
 * Moves the parameters. To be traced.
 * @param number int32 scalar: of this step, from 1
 * @throws ArgumentError, ShapeError or DTypeError where an optimizer or a layer of the user's own gives
 * another tree than it was given
 */
export function update(
  { params, state, slots, optimizer, penalty, ...inputs }: UpdateInputs,
  number: Tensor,
  found: Found,
): void {
  const gradients = penalty
    ? penaltyGradient(penalty, params.tree, found.gradients)
    : found.gradients;
  const learningRate = inputs.learningRate.read();
  const updated = optimizer.update({
    params: params.tree,
    gradients,
    slots: slots.tree,
    learningRate,
    step: number,
  });
  const rule = `optimizer "${optimizer.name}"`;
  const next = updated.params;
  tensorsLike(`${rule}: params`, params.tree, next);
  const moved = penalty ? afterUpdate(penalty, params.tree, next, learningRate) : next;
  assignTree(`${rule}: params`, params, moved);
  assignTree(`${rule}: slots`, slots, updated.slots);
  assignTree("state", state, found.state);
}
