// The options of model.compile().

import {
  anything,
  either,
  expectOptions,
  type Kinds,
  listOf,
  object,
  worded,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { LossSpec } from "../../nn/losses/index.ts";
import type { MetricSpec } from "../../nn/metrics/index.ts";
import type { ClipSpec, OptimizerSpec } from "../../nn/optimizers/index.ts";
import type { Constraint, Regularizer } from "../../nn/regularizers/index.ts";
import type { AverageSpec } from "../../spec/parts.ts";

/** Options of model.compile(). */
export interface CompileModelOptions {
  /** One for every output, a list with one for each, or a record by the names of the outputs' layers. */
  readonly loss: LossSpec | readonly LossSpec[] | Readonly<Record<string, LossSpec>>;
  /**
   * What each output's loss is multiplied by in the loss that is minimised: a list, or a record by output, in
   * which those that are left out count once. All 1 by default.
   */
  readonly lossWeights?: readonly number[] | Readonly<Record<string, number>>;
  /** A name ("sgd", "adam", …), a specification, or an optimizer. */
  readonly optimizer: OptimizerSpec;
  /**
   * Further figures beside the loss: names, specifications, metrics, or functions of targets and predictions that
   * give a number. They look at all examples of an epoch or a set at once, but for those that are masked. A list is
   * of the first output; a record by output, as in { digits: ["accuracy"] }, gives "digitsAccuracy".
   */
  readonly metrics?: readonly MetricSpec[] | Readonly<Record<string, readonly MetricSpec[]>>;
  /** Penalises the weights, never the biases. A list adds up: L1 and L2 make an elastic net. */
  readonly regularizer?: Regularizer | readonly Regularizer[];
  /** What the weights, never the biases, are held to after every update. */
  readonly constraint?: Constraint;
  /**
   * Holds gradients short before every update, that of the penalty included: { value: 0.5 } cuts their elements,
   * { norm: 1 } shortens that of each parameter, { globalNorm: 1 } all together (Pascanu et al. 2013).
   */
  readonly clip?: ClipSpec;
  /**
   * Keeps a mean of the weights over updates: { kind: "ema", decay: 0.999 } or { kind: "swa", start: 1000 }.
   * evaluate(), validation, predict() and saveModel() take it in place of the weights, unless they are told
   * { weights: "trained" }. Running statistics of layers, as of batchNormalization(), stay those of the weights as they
   * are trained, as with Keras's EMA and PyTorch's AveragedModel: while weights still move far, averaged ones are judged
   * worse by them than they are. PyTorch's update_bn() measures them anew for the mean; here an epoch does so in
   * a model with the saved weights whose learning rate is 0 (`loadWeights(other, saveModel(model))`, then `fit`).
   */
  readonly averageWeights?: AverageSpec;
}

/** What each of them holds is checked where it is read. */
const OPTIONS: Kinds<CompileModelOptions> = {
  loss: anything,
  optimizer: anything,
  lossWeights: anything,
  metrics: worded("a list of names, specifications or metrics", either(listOf(anything), object)),
  regularizer: anything,
  constraint: anything,
  clip: anything,
  averageWeights: anything,
};

/** @throws ArgumentError for options that mean nothing, with a hint where one belongs elsewhere */
export function expectCompileOptions(options: CompileModelOptions): void {
  const rate = ["learningRate", "lr"].find(
    (name) => typeof options === "object" && options !== null && Object.hasOwn(options, name),
  );
  if (rate) {
    throw new ArgumentError(
      `compile: there is no option "${rate}". The rate belongs to the optimizer, as in ` +
        'optimizer: { name: "sgd", learningRate: 0.1 }.',
    );
  }
  expectOptions("compile", options, OPTIONS, ["loss", "optimizer"]);
}
