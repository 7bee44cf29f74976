// One step of training as one compiled program: gradients, exchange, update.

import { type Compiled, type CompileOptions, compile } from "../../runtime/compiled/compile.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add } from "../../tensor/elementwise.ts";
import { alone, type Exchange } from "./exchange.ts";
import { type GradientInputs, gradientsOfBatch } from "./gradients.ts";
import { gradientsOfParts } from "./parts.ts";
import type { Resident } from "./resident.ts";
import { type UpdateInputs, update } from "./update.ts";

/** Everything that a step reads and writes. */
export interface StepInputs extends GradientInputs, UpdateInputs {
  /** int32 scalar: how many steps were taken. */
  readonly step: Variable;
  /** Without it, this machine trains alone. */
  readonly exchange?: Exchange;
}

export interface StepResult {
  /** The mean loss of the batch before the update, without penalty: comparable with validation. */
  readonly loss: Tensor;
  readonly outputs: readonly Tensor[];
}

export type TrainStep = Compiled<(x: readonly Tensor[], y: readonly Tensor[]) => StepResult>;

/** The step for one model. With `eager`, the same function op by op. */
export function makeTrainStep(
  inputs: StepInputs,
  { eager, ...options }: CompileOptions & { readonly eager?: boolean } = {},
): TrainStep | ((x: readonly Tensor[], y: readonly Tensor[]) => StepResult) {
  const step = (x: readonly Tensor[], y: readonly Tensor[]) => runStep(inputs, x, y);
  return eager ? step : compile(step, options);
}

export type ResidentStep = Compiled<(rows: number) => StepResult>;

/** The step on examples in engine memory; it takes its own batch and counts what it gave. */
export function makeResidentStep(inputs: StepInputs, resident: Resident): ResidentStep {
  return compile((rows: number) => {
    const { x, y } = resident.batch(rows);
    const rate = resident.nextRate();
    if (rate) inputs.learningRate.assign(rate);
    const result = runStep(inputs, x, y);
    resident.count(rows, result.loss, y[0]!, result.outputs[0]!);
    return result;
  });
}

function runStep(inputs: StepInputs, x: readonly Tensor[], y: readonly Tensor[]): StepResult {
  const { exchange = alone, part } = inputs;
  const number = add(inputs.step.read(), 1);
  const { found, outputs } =
    part === undefined
      ? gradientsOfBatch(inputs, number, x, y)
      : gradientsOfParts(inputs, number, x, y, part);
  const shared = exchange(found);
  update(inputs, number, shared);
  inputs.step.assign(number);
  return { loss: shared.loss, outputs };
}
