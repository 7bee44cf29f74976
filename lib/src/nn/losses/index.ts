// Losses by name.

import type { Tensor } from "../../runtime/tensor.ts";
import { mean } from "../../tensor/reduce.ts";
import { readSpec, type Spec } from "../spec.ts";
import { binaryCrossentropy, crossEntropy } from "./binary.ts";
import {
  categoricalCrossentropy,
  klDivergence,
  logLikelihood,
  sparseCategoricalCrossentropy,
} from "./categorical.ts";
import { huber, meanAbsoluteError, meanSquaredError, quadratic } from "./distance.ts";
import { categoricalHinge, hinge } from "./hinge.ts";
import type { Family, Loss } from "./loss.ts";

export type { Loss } from "./loss.ts";

export type LossName =
  | "quadratic"
  | "meanSquaredError"
  | "meanAbsoluteError"
  | "huber"
  | "binaryCrossentropy"
  | "crossEntropy"
  | "categoricalCrossentropy"
  | "sparseCategoricalCrossentropy"
  | "logLikelihood"
  | "klDivergence"
  | "hinge"
  | "categoricalHinge";

/** A name, a name with options as in { name: "huber", delta: 2 }, or a loss of your own. */
export type LossSpec = LossName | (string & {}) | Spec<LossName> | Loss;

const FAMILIES: Readonly<Record<LossName, Family>> = {
  quadratic,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  binaryCrossentropy,
  crossEntropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  logLikelihood,
  klDivergence,
  hinge,
  categoricalHinge,
};

const ALIASES: Readonly<Record<string, LossName>> = {
  mse: "meanSquaredError",
  mae: "meanAbsoluteError",
  bce: "binaryCrossentropy",
  kld: "klDivergence",
  nll: "logLikelihood",
};

/**
 * The loss that a specification names; Keras's spellings do too.
 * @throws ArgumentError for an unknown name or option
 */
export function lossOf(spec: LossSpec): Loss {
  if (isLoss(spec)) return spec;
  const { name, entry, config } = readSpec("loss", spec, FAMILIES, ALIASES);
  const { logits } = entry;
  return {
    name,
    config,
    perExample: (target, prediction) => entry.perExample(target, prediction, config),
    ...(logits && { logits }),
  };
}

/** The average loss of a batch, a scalar. */
export function meanLoss(loss: Loss, target: Tensor, prediction: Tensor): Tensor<[]> {
  const average: Tensor<[]> = mean(loss.perExample(target, prediction));
  return average;
}

/** All names, in the order of the table. */
export function lossNames(): LossName[] {
  return Object.keys(FAMILIES) as LossName[];
}

function isLoss(spec: LossSpec): spec is Loss {
  return typeof spec === "object" && spec !== null && typeof spec["perExample"] === "function";
}
