// Learning rates along a polynomial, and in pieces.

import {
  expectOptions,
  type Kinds,
  listOf,
  notNegative,
  positive,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { type ConstantOptions, withDefaults } from "./constant.ts";
import { type Schedule, timeAt } from "./schedule.ts";

/** Options of polynomialDecay(); in a line from 0.01 to 0 over 30 epochs by default. */
export interface PolynomialDecayOptions extends ConstantOptions {
  /** Where the curve ends and stays. */
  readonly final?: number;
  /** Epochs until it ends. */
  readonly epochs?: number;
  readonly power?: number;
}

/** Options of piecewiseRate(); a tenth from epoch 10 on and a hundredth from epoch 20 on, by default. */
export interface PiecewiseOptions extends ConstantOptions {
  /** Epochs, from 0, at which a new piece begins; each above the last. */
  readonly boundaries?: readonly number[];
  /** What the first rate is multiplied by in each of these pieces. */
  readonly factors?: readonly number[];
}

export const PIECE_DEFAULTS: {
  readonly polynomial: Required<PolynomialDecayOptions>;
  readonly piecewise: Required<PiecewiseOptions>;
} = {
  polynomial: { rate: 0.01, final: 0, epochs: 30, power: 1 },
  piecewise: { rate: 0.01, boundaries: [10, 20], factors: [0.1, 0.01] },
};

const POLYNOMIAL: Kinds<PolynomialDecayOptions> = {
  rate: notNegative,
  final: notNegative,
  epochs: positive,
  power: notNegative,
};

const PIECEWISE: Kinds<PiecewiseOptions> = {
  rate: notNegative,
  boundaries: listOf(positive),
  factors: listOf(notNegative),
};

/**
 * final + (rate - final) (1 - t / epochs)^power, step by step: t is the time in epochs and their fractions
 * (PyTorch's PolynomialLR, which takes whole epochs).
 */
export function polynomialDecay(options: PolynomialDecayOptions = {}): Schedule {
  expectOptions("polynomialDecay", options, POLYNOMIAL);
  const { rate, final, epochs, power } = withDefaults(PIECE_DEFAULTS.polynomial, options);
  return {
    at: (epoch, step, stepsPerEpoch) => {
      const left = 1 - Math.min(timeAt(epoch, step, stepsPerEpoch) / epochs, 1);
      return final + (rate - final) * left ** power;
    },
  };
}

/**
 * rate before the first boundary, then rate * factor of the last boundary that was reached (PyTorch's
 * MultiStepLR with factors that are powers of gamma).
 * @throws ArgumentError unless boundaries rise, and there is a factor for each
 */
export function piecewiseRate(options: PiecewiseOptions = {}): Schedule {
  expectOptions("piecewiseRate", options, PIECEWISE);
  const { rate, boundaries, factors } = withDefaults(PIECE_DEFAULTS.piecewise, options);
  if (boundaries.length !== factors.length) {
    throw new ArgumentError(
      `piecewiseRate: expected a factor for each of ${boundaries.length} boundaries, received ${factors.length}`,
    );
  }
  const late = boundaries.findIndex((at, i) => i > 0 && at <= boundaries[i - 1]!);
  if (late > 0) {
    throw new ArgumentError(
      `piecewiseRate: expected boundaries that rise, received ${boundaries[late]} after ${boundaries[late - 1]}`,
    );
  }
  return {
    at: (epoch) => {
      const reached = boundaries.filter((at) => at <= epoch).length;
      return reached === 0 ? rate : rate * factors[reached - 1]!;
    },
  };
}
