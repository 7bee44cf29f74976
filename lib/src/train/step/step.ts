// One step of training as one compiled program: gradients, then the update.

import { GradientError } from "../../checks/errors.ts";
import type { Params } from "../../nn/layers/layer.ts";
import type { Loss } from "../../nn/losses/index.ts";
import type { Network } from "../../nn/network/network.ts";
import { tensorsLike } from "../../nn/network/params.ts";
import type { Optimizer } from "../../nn/optimizers/index.ts";
import { type Compiled, type CompileOptions, compile } from "../../runtime/compiled/compile.ts";
import { gradientsOf } from "../../runtime/derivatives/reach.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add } from "../../tensor/elementwise.ts";
import { foldIn, type Key } from "../../tensor/random.ts";
import { lossOfResult } from "./loss.ts";
import { afterUpdate, type Penalty, penaltyGradient } from "./penalty.ts";
import type { Resident } from "./resident.ts";
import { assignTree, type VariableTree } from "./variables.ts";

/** Everything that a step reads and writes. */
export interface Trained {
  readonly network: Network;
  readonly params: VariableTree;
  readonly state: VariableTree;
  readonly slots: VariableTree;
  /** int32 scalar: how many steps were taken. */
  readonly step: Variable;
  readonly learningRate: Variable;
  readonly losses: readonly Loss[];
  readonly optimizer: Optimizer;
  readonly key: Key;
  readonly penalty: Penalty | null;
  /** Tells the user something, once. */
  readonly notice: (text: string) => void;
}

export interface StepResult {
  /** The mean loss of the batch before the update, without penalty: comparable with validation. */
  readonly loss: Tensor;
  readonly outputs: readonly Tensor[];
}

export type TrainStep = Compiled<(x: readonly Tensor[], y: readonly Tensor[]) => StepResult>;

/** The step for one model. With `eager`, the same function op by op. */
export function makeTrainStep(
  trained: Trained,
  { eager, ...options }: CompileOptions & { readonly eager?: boolean } = {},
): TrainStep | ((x: readonly Tensor[], y: readonly Tensor[]) => StepResult) {
  const step = (x: readonly Tensor[], y: readonly Tensor[]) => runStep(trained, x, y);
  return eager ? step : compile(step, options);
}

export type ResidentStep = Compiled<(rows: number) => StepResult>;

/** The step on examples in engine memory; it takes its own batch and counts what it gave. */
export function makeResidentStep(trained: Trained, resident: Resident): ResidentStep {
  return compile((rows: number) => {
    const { x, y } = resident.batch(rows);
    const rate = resident.nextRate();
    if (rate) trained.learningRate.assign(rate);
    const result = runStep(trained, x, y);
    resident.count(rows, result.loss, y[0]!, result.outputs[0]!);
    return result;
  });
}

function runStep(trained: Trained, x: readonly Tensor[], y: readonly Tensor[]): StepResult {
  const { network, params, state, slots, losses, optimizer, penalty } = trained;
  const number = add(trained.step.read(), 1);
  const key = foldIn(trained.key, number);
  const fn = (tree: Params): [Tensor, { outputs: Tensor[]; state: Params }] => {
    const result = network.apply({ params: tree, state: state.tree }, x, { training: true, key });
    const data = losses
      .map((loss, i) => lossOfResult(loss, y[i]!, result.outputs[i]!))
      .reduce((a, b) => add(a, b));
    const outputs = result.outputs.map((output) => output.y);
    return [data, { outputs, state: result.state }];
  };
  const { loss, aux, gradients, reached } = gradientsOf(fn, params.tree);
  expectReached(trained, reached);
  const whole = penalty ? penaltyGradient(penalty, params.tree, gradients) : gradients;
  const learningRate = trained.learningRate.read();
  const updated = optimizer.update({
    params: params.tree,
    gradients: whole,
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
  assignTree("state", state, aux.state);
  trained.step.assign(number);
  return { loss, outputs: aux.outputs };
}

/** @throws GradientError where the loss moves no parameter at all; where it leaves some, they are named */
function expectReached({ params, losses, notice }: Trained, reached: readonly boolean[]): void {
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
