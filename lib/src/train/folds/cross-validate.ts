// A model judged k times, each time by the part of the examples that did not teach it.

import {
  expectArgument,
  expectOptions,
  func,
  instance,
  type Kinds,
  object,
} from "../../checks/arguments.ts";
import type { Examples } from "../../data/dataset.ts";
import { FOLD_OPTIONS, type FoldOptions, kFold } from "../../data/folds.ts";
import type { Evaluation } from "../loop/evaluate.ts";
import type { FitOptions } from "../loop/fit.ts";
import { Model } from "../model/model.ts";

/** Options of crossValidate(): how to part the examples, and how to train. */
export interface CrossValidateOptions extends FoldOptions {
  /** Options of fit(), the same for every part; validation is of the part that is kept. */
  readonly fit?: Omit<FitOptions, "validationData" | "validationSplit" | "resume">;
}

/** What crossValidate() finds. */
export interface CrossValidation {
  /** The figures of each part, by the model that did not see it. */
  readonly folds: readonly Evaluation[];
  readonly mean: Evaluation;
  /** The sample standard deviation of each figure over the parts. */
  readonly deviation: Evaluation;
  /** The models, in the order of the parts: an ensemble, if one likes. */
  readonly models: readonly Model[];
}

const OPTIONS: Kinds<CrossValidateOptions> = { ...FOLD_OPTIONS, fit: object };

/**
 * Trains a fresh model for each of k parts on all others, and judges it by that part.
 * @param makeModel a compiled model; it is called k times, with the number of the part
 * @throws ArgumentError for a k that is no number of parts, and what is no model
 */
export async function crossValidate(
  examples: Examples,
  k: number,
  makeModel: (fold: number) => Model,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  expectArgument("crossValidate", "makeModel", makeModel, func);
  expectOptions("crossValidate", options, OPTIONS);
  const { fit, ...parts } = options;
  const folds: Evaluation[] = [];
  const models: Model[] = [];
  for (const [i, { train, validation }] of kFold(examples, k, parts).entries()) {
    const model = makeModel(i);
    expectArgument("crossValidate", "what makeModel gives", model, instance("a model", Model));
    await model.fit(train.x, train.y, fit);
    folds.push(await model.evaluate(validation.x, validation.y));
    models.push(model);
  }
  const names = Object.keys(folds[0]!);
  const overFolds = (figure: (values: readonly number[]) => number) =>
    Object.fromEntries(
      names.map((name) => [name, figure(folds.map((one) => one[name]!))]),
    ) as unknown as Evaluation;
  return { folds, models, mean: overFolds(mean), deviation: overFolds(deviation) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
