// The third part of a training step: penalty, optimizer, and the new numbers in their variables.

import type { Params } from "../../nn/layers/layer.ts";
import { tensorsLike } from "../../nn/network/params.ts";
import { type ClipSpec, clipGradients, type Optimizer } from "../../nn/optimizers/index.ts";
import { type Constraint, constrained } from "../../nn/regularizers/index.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { type Average, nextAverage } from "../average.ts";
import type { Found } from "./gradients.ts";
import { afterUpdate, mapWeights, type Penalty, penaltyGradient } from "./penalty.ts";
import { wholeLoss } from "./probe.ts";
import { assignTree, type VariableTree } from "./variables.ts";

/** What an update reads and writes. */
export interface UpdateInputs {
  readonly params: VariableTree;
  readonly state: VariableTree;
  readonly slots: VariableTree;
  readonly learningRate: Variable;
  readonly optimizer: Optimizer;
  readonly penalty: Penalty | null;
  readonly clip?: ClipSpec | null;
  /** The mean of the weights, where one is kept, and what it is a mean of. */
  readonly average?: { readonly rule: Average; readonly kept: VariableTree } | null;
  /** What the weights are held to after the update. */
  readonly constraint?: Constraint | null;
  /** Paths of the weights. */
  readonly weights?: ReadonlySet<string>;
}

/**
 * Moves the parameters. To be traced.
 * @param number int32 scalar: of this step, from 1
 * @param place where loss and gradients were found
 * @returns the loss to report
 * @throws ArgumentError, ShapeError or DTypeError where an optimizer or a layer of the user's own gives
 * another tree than it was given
 */
export function update(
  {
    params,
    state,
    slots,
    optimizer,
    penalty,
    clip,
    average,
    constraint,
    weights,
    ...inputs
  }: UpdateInputs,
  number: Tensor,
  found: Found,
  place: Params = params.tree,
): Tensor {
  const whole = penalty ? penaltyGradient(penalty, place, found.gradients) : found.gradients;
  const gradients = clip ? clipGradients(clip, whole) : whole;
  const learningRate = inputs.learningRate.read();
  const updated = optimizer.update({
    params: params.tree,
    gradients,
    slots: slots.tree,
    learningRate,
    step: number,
    ...(weights && { weights }),
    ...(optimizer.probe && { loss: wholeLoss(found.loss, penalty, place) }),
  });
  const rule = `optimizer "${optimizer.name}"`;
  const next = updated.params;
  tensorsLike(`${rule}: params`, params.tree, next);
  const pulled = penalty ? afterUpdate(penalty, params.tree, next, learningRate) : next;
  const moved =
    constraint && weights
      ? mapWeights({ weights }, params.tree, pulled, (_, w) => constrained(constraint, w))
      : pulled;
  assignTree(`${rule}: params`, params, moved);
  if (average) {
    const { rule: how, kept } = average;
    assignTree("average", kept, nextAverage(how, kept.tree, moved, number));
  }
  assignTree(`${rule}: slots`, slots, updated.slots);
  assignTree("state", state, found.state);
  return updated.loss ?? found.loss;
}
