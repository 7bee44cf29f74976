// The continuous Hopfield network of Ramsauer et al. (2020), whose one step is attention to the patterns.

import {
  expectArgument,
  expectOptions,
  index,
  type Kinds,
  positive,
} from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import { showShape } from "../../ir/shape.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add, mul, square, sub } from "../../tensor/elementwise.ts";
import { matmul } from "../../tensor/linear.ts";
import { swapAxes } from "../../tensor/movement.ts";
import { max, sum } from "../../tensor/reduce.ts";
import { logSumExp, softmax } from "../../tensor/softmax.ts";

/** Options of retrieve(). */
export interface RetrieveOptions {
  /** How sharply the nearest pattern is preferred to others, above 0; 1 / sqrt(features) by default, as in attention. */
  readonly beta?: number;
  /** How many steps; 1 by default, which is nearly always enough. */
  readonly steps?: number;
}

const OPTIONS: Kinds<RetrieveOptions> = { beta: positive, steps: index };

/**
 * From states [..., features] to what patterns [count, features] make of them: in each step
 * softmax(beta state patterns^T) patterns (Ramsauer et al. 2020, equation 3). Of patterns that lie apart it finds the
 * nearest in one step; exponentially many fit, as `retrievalEnergy` has a valley at each.
 * @throws ShapeError unless both have as many features
 * @throws ArgumentError for unknown options
 */
export function retrieve(patterns: Tensor, state: Tensor, options: RetrieveOptions = {}): Tensor {
  expectOptions("retrieve", options, OPTIONS);
  expectFit("retrieve", patterns, state);
  const { beta = 1 / Math.sqrt(patterns.type.shape[1]!), steps = 1 } = options;
  const turned: Tensor = swapAxes(patterns, 0, 1);
  let found = state;
  for (let step = 0; step < steps; step++) {
    const shares: Tensor = softmax(mul(matmul(found, turned), beta));
    found = matmul(shares, patterns);
  }
  return found;
}

/**
 * Of states [..., features] the energy [...] that each step of `retrieve` lowers: -lse(beta, patterns state) +
 * state . state / 2 + log(count) / beta + M^2 / 2, with M the length of the longest pattern (Ramsauer et al. 2020,
 * equation 2); it is 0 or more.
 * @throws ShapeError unless both have as many features
 * @throws ArgumentError unless beta is above 0
 */
export function retrievalEnergy(patterns: Tensor, state: Tensor, beta?: number): Tensor {
  expectFit("retrievalEnergy", patterns, state);
  const [count, features] = patterns.type.shape as [number, number];
  if (beta !== undefined) expectArgument("retrievalEnergy", "beta", beta, positive);
  const sharpness = beta ?? 1 / Math.sqrt(features);
  const scores: Tensor = mul(matmul(state, swapAxes(patterns, 0, 1) as Tensor), sharpness);
  const longest: Tensor = max(sum(square(patterns), 1) as Tensor);
  const own: Tensor = add(sum(square(state), -1) as Tensor, longest);
  const nearness: Tensor = mul(logSumExp(scores, -1) as Tensor, 1 / sharpness);
  return add(sub(mul(own, 0.5), nearness), Math.log(count) / sharpness);
}

function expectFit(op: string, patterns: Tensor, state: Tensor): void {
  expectArgument(op, "patterns", patterns, tensorKind);
  expectArgument(op, "state", state, tensorKind);
  const [stored, asked] = [patterns.type.shape, state.type.shape];
  const fits = stored.length === 2 && stored[0]! > 0 && asked.at(-1) === stored[1];
  if (fits) return;
  throw new ShapeError(
    `${op}: expected patterns [count, features] and states [..., features], ` +
      `received ${showShape(stored)} and ${showShape(asked)}`,
  );
}
