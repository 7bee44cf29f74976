// Losses by name.

import { makeRegistry } from "../registry.ts";
import type { NamedOptions, Written } from "../spec.ts";
import { binaryCrossentropy, crossEntropy } from "./binary.ts";
import { checkedLoss } from "./checked.ts";
import { huber, meanAbsoluteError, meanSquaredError, quadratic } from "./distance.ts";
import type { Loss, LossFamily } from "./loss.ts";
import { type LossFunction, lossOfFunction, ownLoss } from "./own.ts";

export type { Targets } from "../targets/index.ts";
export type { Loss, PredictionKind } from "./loss.ts";
export { meanLoss } from "./mean-loss.ts";
export type { LossFunction } from "./own.ts";

interface WithLogits {
  /** The predictions are net inputs of the output layer. */
  readonly fromLogits?: boolean;
  /** The share s of each target that is spread over all classes: (1 - s) y + s / classes; 0 by default. */
  readonly labelSmoothing?: number;
}

interface LossOptions {
  readonly quadratic: unknown;
  readonly meanSquaredError: unknown;
  readonly meanAbsoluteError: unknown;
  readonly huber: { readonly delta?: number };
  readonly binaryCrossentropy: WithLogits;
  readonly crossEntropy: WithLogits;
  readonly categoricalCrossentropy: WithLogits;
  readonly sparseCategoricalCrossentropy: WithLogits;
  readonly logLikelihood: WithLogits;
  readonly klDivergence: unknown;
  readonly hinge: unknown;
  readonly categoricalHinge: unknown;
}

/**
 * The losses that a name can say. Of targets y and predictions a, [batch, ...] both, each is a number for every
 * example, [batch]; training takes their mean. Sums and means are over the outputs of an example.
 * - quadratic: sum (a - y)^2 / 2 (Nielsen, chapter 1)
 * - meanSquaredError: mean (a - y)^2
 * - meanAbsoluteError: mean |a - y|
 * - huber: mean of e^2 / 2 up to |e| = delta (1), then delta (|e| - delta / 2), where e = a - y (Huber 1964)
 * - binaryCrossentropy: mean -(y ln a + (1 - y) ln(1 - a)), as Keras's
 * - crossEntropy: the same as a sum (Nielsen, chapter 3)
 * - categoricalCrossentropy: -sum y ln a, of one-hot targets or shares that add up to 1
 * - sparseCategoricalCrossentropy: -ln a_y, of labels y from 0 to classes - 1, [batch]
 * - logLikelihood: -ln a_y, of labels or one-hot targets (Nielsen, chapter 3)
 * - klDivergence: sum y ln(y / a), where 0 ln 0 = 0
 * - hinge: mean max(0, 1 - y a), of targets -1 and 1, or 0 and 1 for these
 * - categoricalHinge: max(0, 1 + the largest wrong score - the right score), of one-hot targets
 */
export type LossName = keyof LossOptions;

/** Names that Keras spells with underscores. */
type KerasLossName =
  | "mean_squared_error"
  | "mean_absolute_error"
  | "binary_crossentropy"
  | "cross_entropy"
  | "categorical_crossentropy"
  | "sparse_categorical_crossentropy"
  | "log_likelihood"
  | "kl_divergence"
  | "categorical_hinge";

type LossAlias = "mse" | "mae" | "bce" | "kld" | "nll";

/**
 * A name, a name with options as in { name: "huber", delta: 2 }, or a loss of your own: a function of
 * target and prediction, or a `Loss`.
 */
export type LossSpec =
  | LossName
  | KerasLossName
  | LossAlias
  | NamedOptions<LossOptions>
  | Loss
  | LossFunction;

/** Those without a row are in `late.ts`. */
const FAMILIES: Readonly<Record<LossName, LossFamily | null>> = {
  quadratic,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  binaryCrossentropy,
  crossEntropy,
  categoricalCrossentropy: null,
  sparseCategoricalCrossentropy: null,
  logLikelihood: null,
  klDivergence: null,
  hinge: null,
  categoricalHinge: null,
};

const ALIASES: Readonly<Record<LossAlias, LossName>> = {
  mse: "meanSquaredError",
  mae: "meanAbsoluteError",
  bce: "binaryCrossentropy",
  kld: "klDivergence",
  nll: "logLikelihood",
};

const LOSSES = makeRegistry<Loss>("loss", "perExample", async () => {
  return (await import("./late.ts")).LATE_LOSSES;
})(FAMILIES, ALIASES);

/**
 * The loss that a specification names; Keras's spellings do too.
 * @throws ArgumentError for an unknown name or option, an option out of its range, and what is none of these
 */
export function lossOf(spec: LossSpec | Written): Loss {
  if (typeof spec === "function") return lossOfFunction(spec);
  if (LOSSES.isOwn(spec)) return ownLoss(spec);
  const { name, entry, config } = LOSSES.read(spec);
  const { targets, logits } = entry;
  const takesLogits = config["fromLogits"] === true;
  return {
    name,
    config,
    targets,
    predictions: takesLogits ? "logits" : entry.predictions,
    perExample: checkedLoss(name, targets, (y, a) => entry.perExample(y, a, config)),
    ...(logits && { logits }),
    ...(logits &&
      !takesLogits && {
        ofLogits: checkedLoss(name, targets, (y, z) =>
          entry.perExample(y, z, { ...config, fromLogits: true }),
        ),
      }),
  };
}

/** All names, in the order of the table. */
export function lossNames(): LossName[] {
  return LOSSES.names();
}
