// The first part of a training step: the loss of a batch, and its gradient by every parameter.

import { GradientError } from "../../checks/errors.ts";
import type { Params } from "../../nn/layers/layer.ts";
import type { Network } from "../../nn/network/network.ts";
import type { Optimizer } from "../../nn/optimizers/index.ts";
import { gradientsOf } from "../../runtime/derivatives/reach.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add, cast } from "../../tensor/elementwise.ts";
import { foldIn, type Key } from "../../tensor/random.ts";
import { together } from "./frozen.ts";
import { lossOfBatch, type OutputLosses } from "./loss.ts";
import { expectPenalties } from "./probe.ts";
import type { VariableTree } from "./variables.ts";

/** What a batch gave of which every update depends. Means over the batch, so that parts of it average. */
export interface Found {
  /** The mean loss, a scalar, without penalty. */
  readonly loss: Tensor;
  /** Of the mean loss, by every parameter; a tree like the parameters. */
  readonly gradients: Params;
  /** What layers keep beside parameters, after this batch. */
  readonly state: Params;
}

/** What gradients are computed of. */
export interface GradientInputs extends OutputLosses {
  readonly network: Network;
  /** Those that are learnt. */
  readonly params: VariableTree;
  /** Those that stay as they are; nothing is differentiated by them. */
  readonly frozen: Params;
  readonly state: VariableTree;
  /** What layers draw of is folded from this and the number of the step. */
  readonly key: Key;
  /** Tells the user something, once. */
  readonly notice: (text: string) => void;
  /** What the gradients are for. */
  readonly optimizer?: Optimizer;
  /** Examples whose gradients are computed at once; all of a batch by default. */
  readonly part?: number | undefined;
}

/**
 * What a batch says of the parameters, and the network's outputs for it. To be traced.
 * @param number int32 scalar: of this step, from 1
 * @param w the weights of examples, one for each output, or none
 */
export function gradientsOfBatch(
  inputs: GradientInputs,
  number: Tensor,
  x: readonly Tensor[],
  y: readonly Tensor[],
  w: readonly Tensor[] = [],
): { readonly found: Found; readonly outputs: readonly Tensor[]; readonly sums?: Tensor } {
  const { network, params, frozen, state } = inputs;
  if (params.variables.size === 0 && Object.keys(frozen).length > 0) {
    throw new GradientError(
      "fit: every layer is frozen, so that nothing would be learnt: unfreeze() one, then compile()",
    );
  }
  const key = foldIn(inputs.key, number);
  type Aux = { loss: Tensor; outputs: Tensor[]; state: Params; sums: Tensor[] };
  const fn = (tree: Params): [Tensor, Aux] => {
    const variables = { params: together(tree, frozen), state: state.tree };
    const costs: Tensor[] = [];
    const penalize = (cost: Tensor) => void costs.push(cost);
    const result = network.apply(variables, x, { training: true, key, penalize });
    expectPenalties(inputs.optimizer, costs);
    const { loss, sums } = lossOfBatch(inputs, y, result.outputs, w);
    const outputs = result.outputs.map((output) => output.y);
    const whole = costs.reduce((total, cost) => add(total, cast(cost, loss.dtype)), loss);
    return [whole, { loss, outputs, state: result.state, sums: sums ? [sums] : [] }];
  };
  const { aux, gradients, reached } = gradientsOf(fn, params.tree);
  expectReached(inputs, reached);
  const [sums] = aux.sums;
  const found = { loss: aux.loss, gradients, state: aux.state };
  return { found, outputs: aux.outputs, ...(sums && { sums }) };
}

/** @throws GradientError where the loss moves no parameter at all; where it leaves some, they are named */
function expectReached(
  { params, losses, notice }: GradientInputs,
  reached: readonly boolean[],
): void {
  const names = [...params.variables.keys()];
  const left = names.filter((_, i) => !reached[i]);
  if (left.length === 0) return;
  if (left.length < names.length) {
    notice(
      `fit: no gradient reaches ${left.map((name) => `"${name}"`).join(", ")}, which will not learn: ` +
        "steps, comparisons and rounding have no derivative.",
    );
    return;
  }
  const which = losses.map(({ name }) => `"${name}"`).join(", ");
  throw new GradientError(
    `fit: the loss ${which} does not depend on any parameter by way of a derivative, so that nothing ` +
      "would be learnt: steps, comparisons, counts, rounding and constants have none.",
  );
}
