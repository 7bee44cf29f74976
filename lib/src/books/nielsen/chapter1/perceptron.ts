// The perceptron (Rosenblatt 1958; Nielsen, chapter 1; NNDL, section 3.4), its learning rule, and what
// one layer of it cannot do.

import {
  count,
  expectArgument,
  expectOptions,
  finite,
  type Kinds,
  listOf,
  oneOf,
  positive,
} from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";

/** Fires when w . x + b > 0. */
export interface Perceptron {
  readonly weights: readonly number[];
  readonly bias: number;
}

const PERCEPTRON: Kinds<Perceptron> = { weights: listOf(finite), bias: finite };

/** The step of w . x + b: 1 or 0. @throws ShapeError for a wrong number of inputs */
export function fire(perceptron: Perceptron, x: readonly number[]): 0 | 1 {
  expectOptions("fire: perceptron", perceptron, PERCEPTRON, ["weights", "bias"]);
  expectArgument("fire", "x", x, listOf(finite));
  return stepOf(perceptron, x);
}

function stepOf({ weights, bias }: Perceptron, x: readonly number[]): 0 | 1 {
  if (x.length !== weights.length) {
    throw new ShapeError(`perceptron: expected ${weights.length} inputs, received ${x.length}`);
  }
  const z = weights.reduce((sum, w, i) => sum + w * x[i]!, bias);
  return z > 0 ? 1 : 0;
}

/** Logic gates as perceptrons. NAND is Nielsen's; it is enough to build every other gate. */
export const GATES: Readonly<Record<"and" | "or" | "nand" | "not", Perceptron>> = {
  and: { weights: [2, 2], bias: -3 },
  or: { weights: [2, 2], bias: -1 },
  nand: { weights: [-2, -2], bias: 3 },
  not: { weights: [-2], bias: 1 },
};

/** Exclusive or by two layers: AND of (NAND, OR). */
export function twoLayerXor(x: readonly [number, number]): 0 | 1 {
  return fire(GATES.and, [fire(GATES.nand, x), fire(GATES.or, x)]);
}

/** Why no single perceptron computes exclusive or, line by line. */
export const XOR_CONTRADICTION: readonly string[] = [
  "0 xor 0 = 0 asks for b <= 0",
  "1 xor 0 = 1 asks for w1 + b > 0",
  "0 xor 1 = 1 asks for w2 + b > 0",
  "1 xor 1 = 0 asks for w1 + w2 + b <= 0",
  "The second and third add up to w1 + w2 + 2b > 0, the first and fourth to w1 + w2 + 2b <= 0.",
];

/** Options of the perceptron's learning rule. */
export interface PerceptronOptions {
  /** The most passes over the data; 100 by default. */
  readonly epochs?: number;
  /** What a mistake adds or subtracts, in inputs; 1 by default. */
  readonly rate?: number;
}

const OPTIONS: Kinds<PerceptronOptions> = { epochs: count, rate: positive };

/** What learning came to: the perceptron, its mistakes, and how it ended. */
export interface PerceptronRun {
  readonly perceptron: Perceptron;
  /** Examples that were wrong when visited, epoch by epoch. */
  readonly mistakes: readonly number[];
  /**
   * "converged": the last epoch had no mistake. "cycles": weights came back to earlier ones, so that
   * they repeat for ever; by the convergence theorem no line separates the classes. "unfinished":
   * the epochs ran out.
   */
  readonly verdict: "converged" | "cycles" | "unfinished";
  /** Epochs from one visit of the repeated weights to the next, where the verdict is "cycles". */
  readonly period?: number;
}

/**
 * Rosenblatt's rule from zero weights, examples in order: w += rate (y - output) x, b likewise.
 * @param x inputs, all of one length
 * @param y targets, 0 or 1
 * @throws ArgumentError or ShapeError for examples and options that are none
 */
export function trainPerceptron(
  x: readonly (readonly number[])[],
  y: readonly number[],
  options: PerceptronOptions = {},
): PerceptronRun {
  expectOptions("trainPerceptron", options, OPTIONS);
  const { epochs = 100, rate = 1 } = options;
  expectExamples(x, y);
  const mistakes: number[] = [];
  let perceptron: Perceptron = { weights: x[0]!.map(() => 0), bias: 0 };
  const seen = new Map([[keyOf(perceptron), 0]]);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const pass = visitAll(perceptron, x, y, rate);
    perceptron = pass.perceptron;
    mistakes.push(pass.mistakes);
    if (pass.mistakes === 0) return { perceptron, mistakes, verdict: "converged" };
    const before = seen.get(keyOf(perceptron));
    if (before !== undefined) {
      return { perceptron, mistakes, verdict: "cycles", period: epoch - before };
    }
    seen.set(keyOf(perceptron), epoch);
  }
  return { perceptron, mistakes, verdict: "unfinished" };
}

function visitAll(
  start: Perceptron,
  x: readonly (readonly number[])[],
  y: readonly number[],
  rate: number,
): { perceptron: Perceptron; mistakes: number } {
  let perceptron = start;
  let mistakes = 0;
  x.forEach((example, i) => {
    const error = y[i]! - stepOf(perceptron, example);
    if (error === 0) return;
    mistakes++;
    const { weights, bias } = perceptron;
    perceptron = {
      weights: weights.map((w, k) => w + rate * error * example[k]!),
      bias: bias + rate * error,
    };
  });
  return { perceptron, mistakes };
}

function keyOf({ weights, bias }: Perceptron): string {
  return [...weights, bias].map((w) => w + 0).join(" ");
}

function expectExamples(x: readonly (readonly number[])[], y: readonly number[]): void {
  expectArgument("trainPerceptron", "x", x, listOf(listOf(finite)));
  expectArgument("trainPerceptron", "y", y, listOf(oneOf(0, 1)));
  if (x.length === 0 || x.length !== y.length) {
    throw new ShapeError(
      `trainPerceptron: expected as many targets as examples, at least one, ` +
        `received ${x.length} and ${y.length}`,
    );
  }
}
