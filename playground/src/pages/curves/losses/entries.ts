// The losses that the page shows, by what they are a function of.

import { formula as crossEntropy } from "../../../formulas/losses/cross-entropy.tex";
import { formula as hinge } from "../../../formulas/losses/hinge.tex";
import { formula as huber } from "../../../formulas/losses/huber.tex";
import { formula as meanAbsoluteError } from "../../../formulas/losses/mean-absolute-error.tex";
import { formula as meanSquaredError } from "../../../formulas/losses/mean-squared-error.tex";
import { formula as quadratic } from "../../../formulas/losses/quadratic.tex";

export const LOSS_FORMULAS = {
  quadratic,
  meanSquaredError,
  meanAbsoluteError,
  crossEntropy,
  huber,
  hinge,
};

export type LossKey = keyof typeof LOSS_FORMULAS;

/** Of the output of a sigmoid, of its net input, or of a value. */
export type LossMode = "output" | "netInput" | "value";

export interface ModeEntry {
  readonly losses: readonly LossKey[];
  /** Those that are drawn to begin with. */
  readonly first: readonly LossKey[];
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly at: number;
  /** The heights that are shown: cross-entropy has no end. */
  readonly highest: number;
  readonly steepest: number;
}

export const MODES: Readonly<Record<LossMode, ModeEntry>> = {
  output: {
    losses: ["quadratic", "crossEntropy", "meanSquaredError", "meanAbsoluteError"],
    first: ["quadratic", "crossEntropy"],
    from: 0.002,
    to: 0.998,
    step: 0.002,
    at: 0.5,
    highest: 4,
    steepest: 8,
  },
  netInput: {
    losses: ["quadratic", "crossEntropy", "meanSquaredError", "hinge"],
    first: ["quadratic", "crossEntropy"],
    from: -8,
    to: 8,
    step: 0.05,
    at: 2,
    highest: 8,
    steepest: 1.5,
  },
  value: {
    losses: ["quadratic", "meanSquaredError", "meanAbsoluteError", "huber"],
    first: ["quadratic", "meanSquaredError", "huber"],
    from: -4,
    to: 4,
    step: 0.05,
    at: 2,
    highest: 8,
    steepest: 8,
  },
};

/** The axis that a loss is drawn over, as it is written. */
export const X_NAMES: Readonly<Record<LossMode, string>> = {
  output: "a",
  netInput: "z",
  value: "a",
};
