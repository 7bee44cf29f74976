// One step of training as one compiled program: gradients, then the update.

import { notFetched } from "../../checks/not-fetched.ts";
import type { Params } from "../../nn/layers/layer.ts";
import { type Compiled, type CompileOptions, compile } from "../../runtime/compiled/compile.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add } from "../../tensor/elementwise.ts";
import { type GradientInputs, gradientsOfBatch } from "./gradients.ts";
import type { StepResult } from "./loss.ts";
import { probed } from "./probe.ts";
import type { Resident } from "./resident.ts";
import { type UpdateInputs, update } from "./update.ts";

/** What computes a batch in parts: there for those that ask for it. */
type Parts = typeof import("./parts.ts").gradientsOfParts;

let gradientsOfParts: Parts | null = null;

/** From now on batches can be computed in parts. */
export function bringParts(parts: Parts): void {
  gradientsOfParts = parts;
}

function partly(): Parts {
  if (gradientsOfParts) return gradientsOfParts;
  throw notFetched("accumulate", "neurite/train");
}

/** Everything that a step reads and writes. */
export interface StepInputs extends Omit<GradientInputs, "optimizer">, UpdateInputs {
  /** int32 scalar: how many steps were taken. */
  readonly step: Variable;
}

/** @param w the weights of examples, one for each output; none where all count alike */
export type StepFunction = (
  x: readonly Tensor[],
  y: readonly Tensor[],
  w?: readonly Tensor[],
) => StepResult;

export type TrainStep = Compiled<StepFunction>;

/** The step for one model. With `eager`, the same function op by op. */
export function makeTrainStep(
  inputs: StepInputs,
  { eager, ...options }: CompileOptions & { readonly eager?: boolean } = {},
): TrainStep | StepFunction {
  const step: StepFunction = (x, y, w) => runStep(inputs, x, y, w);
  return eager ? step : compile(step, options);
}

export type ResidentStep = Compiled<(rows: number) => StepResult>;

/** The step on examples in engine memory; it takes its own batch and counts what it gave. */
export function makeResidentStep(inputs: StepInputs, resident: Resident): ResidentStep {
  return compile((rows: number) => {
    const { x, y, w } = resident.batch(rows);
    const rate = resident.nextRate();
    if (rate) inputs.learningRate.assign(rate);
    const result = runStep(inputs, x, y, w);
    resident.count(rows, y, result);
    return result;
  });
}

function runStep(inputs: StepInputs, ...[x, y, w]: Parameters<StepFunction>): StepResult {
  const { number, place, found, outputs, sums } = findStep(inputs, x, y, w);
  const loss = update(inputs, number, found, place);
  inputs.step.assign(number);
  return { loss, outputs, ...(sums && { sums }) };
}

/** Where the next step is to be taken, and its number. To be traced. */
export function placeOfStep(inputs: StepInputs): {
  readonly number: Tensor;
  readonly place: Params;
} {
  return { number: add(inputs.step.read(), 1), place: probed(inputs) };
}

/** What a step has found before it updates anything. */
type StepFound = ReturnType<typeof gradientsOfBatch> & ReturnType<typeof placeOfStep>;

/** What a batch says of the next step. To be traced. */
export function findStep(
  inputs: StepInputs,
  ...[x, y, w = []]: Parameters<StepFunction>
): StepFound {
  const { number, place } = placeOfStep(inputs);
  const there = { ...inputs, params: { ...inputs.params, tree: place } };
  const given =
    inputs.part === undefined
      ? gradientsOfBatch(there, number, x, y, w)
      : partly()(there, number, { x, y, w }, inputs.part);
  return { ...given, number, place };
}
