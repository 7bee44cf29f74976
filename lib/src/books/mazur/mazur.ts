// Mazur's worked example of backpropagation: a 2-2-2 sigmoid network learns one example.

import { expectOptions, finite, index, type Kinds, oneOf } from "../../checks/arguments.ts";
import "../../tensor/methods.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { tensor, zeros } from "../../tensor/create.ts";
import { type Claim, claim, decimals } from "../shared/claim.ts";

/**
 * Which w5..w8 carry the error back to the hidden layer: "simultaneous" takes those of the forward
 * pass, which is the gradient; "sequential" takes those already updated, which is not quite.
 */
export type Scheme = "simultaneous" | "sequential";

/** Options of Mazur's example. */
export interface MazurOptions {
  readonly scheme?: Scheme;
  /** Updates in all, 10,000 by default. */
  readonly steps?: number;
  readonly learningRate?: number;
}

const OPTIONS: Kinds<MazurOptions> = {
  scheme: oneOf("simultaneous", "sequential"),
  steps: index,
  learningRate: finite,
};

/** The forward pass: pairs of units 1 and 2, and the half squared errors. */
export interface MazurForward {
  readonly netH: readonly number[];
  readonly h: readonly number[];
  readonly netO: readonly number[];
  readonly o: readonly number[];
  readonly errors: readonly number[];
  readonly error: number;
}

/** What the first update used; lists of weights run from w1 to w8. */
export interface MazurBackward {
  readonly deltaO: readonly number[];
  readonly deltaH: readonly number[];
  readonly gradients: readonly number[];
}

/** A network during training, and what it answers then. */
export interface MazurStage extends MazurForward {
  readonly weights: readonly number[];
}

/** The network at the start, its first gradients, and after one update and all. */
export interface MazurResult {
  readonly scheme: Scheme;
  readonly start: MazurStage;
  readonly backward: MazurBackward;
  readonly afterOne: MazurStage;
  readonly afterAll: MazurStage;
}

/** Row j holds the weights into unit j. */
interface Weights {
  readonly hidden: Tensor<[2, 2]>;
  readonly output: Tensor<[2, 2]>;
}

/** Zeros added to the net inputs: the derivative of the error by them is delta = dE/dnet. */
interface Nudges {
  readonly netH: Tensor<[2]>;
  readonly netO: Tensor<[2]>;
}

const INPUTS = [0.05, 0.1] as const;
const TARGETS = [0.01, 0.99] as const;
const BIAS_HIDDEN = 0.35;
const BIAS_OUTPUT = 0.6;

function startWeights(): Weights {
  return {
    hidden: tensor(
      [
        [0.15, 0.2],
        [0.25, 0.3],
      ],
      "float64",
    ), // w1 w2 / w3 w4
    output: tensor(
      [
        [0.4, 0.45],
        [0.5, 0.55],
      ],
      "float64",
    ), // w5 w6 / w7 w8
  };
}

function noNudges(): Nudges {
  return { netH: zeros([2], "float64"), netO: zeros([2], "float64") };
}

function hiddenLayer(hidden: Weights["hidden"], nudge: Nudges["netH"]) {
  const netH = hidden.matmul(tensor(INPUTS, "float64")).add(BIAS_HIDDEN).add(nudge);
  return { netH, h: netH.sigmoid() };
}

function network(weights: Weights, nudges: Nudges) {
  const { netH, h } = hiddenLayer(weights.hidden, nudges.netH);
  const netO = weights.output.matmul(h).add(BIAS_OUTPUT).add(nudges.netO);
  const o = netO.sigmoid();
  const errors = tensor(TARGETS, "float64").sub(o).square().div(2);
  return { netH, h, netO, o, errors, error: errors.sum() };
}

/** Gradients of the weights and the deltas, as a scheme has them. */
function gradientOf(weights: Weights, scheme: Scheme, rate: number): Weights & Nudges {
  const at = { ...weights, ...noNudges() };
  const gradient = grad((point: Weights & Nudges) => network(point, point).error)(at);
  if (scheme === "simultaneous") return gradient;
  const { netO: deltaO } = gradient;
  const updated = weights.output.sub(gradient.output.mul(rate));
  // dE/dnetO stays what it was, but flows back through the updated weights.
  const late = grad((point: Pick<typeof at, "hidden" | "netH">) => {
    const { h } = hiddenLayer(point.hidden, point.netH);
    return deltaO.mul(updated.matmul(h)).sum();
  })({ hidden: at.hidden, netH: at.netH });
  return { ...gradient, ...late };
}

function update(weights: Weights, gradient: Weights, rate: number): Weights {
  return {
    hidden: weights.hidden.sub(gradient.hidden.mul(rate)),
    output: weights.output.sub(gradient.output.mul(rate)),
  };
}

/**
 * Trains the example's network in float64. Biases are never updated.
 * Source: M. Mazur, "A Step by Step Backpropagation Example" (2015).
 */
export function train(options: MazurOptions = {}): MazurResult {
  expectOptions("mazur.train", options, OPTIONS);
  const { scheme = "simultaneous", steps = 10_000, learningRate = 0.5 } = options;
  const step = compile((weights: Weights) =>
    update(weights, gradientOf(weights, scheme, learningRate), learningRate),
  );
  const start = startWeights();
  const gradient = gradientOf(start, scheme, learningRate);
  const backward: MazurBackward = {
    deltaO: numbers(gradient.netO),
    deltaH: numbers(gradient.netH),
    gradients: flatten(gradient),
  };
  let weights = start;
  for (let i = 0; i < steps; i++) weights = step(weights);
  return {
    scheme,
    start: stage(start),
    backward,
    afterOne: stage(step(start)),
    afterAll: stage(weights),
  };
}

function stage(weights: Weights): MazurStage {
  const { error, ...rest } = network(weights, noNudges());
  return {
    weights: flatten(weights),
    netH: numbers(rest.netH),
    h: numbers(rest.h),
    netO: numbers(rest.netO),
    o: numbers(rest.o),
    errors: numbers(rest.errors),
    error: error.item(),
  };
}

function numbers(x: Tensor): number[] {
  return Array.from(x.data);
}

function flatten({ hidden, output }: Weights): number[] {
  return [...numbers(hidden), ...numbers(output)];
}

const TYPO = "The notes print 0.75136079 for o1, a typo for 0.75136507.";
const MIXED =
  "The notes print errors and outputs of the sequential scheme, where the hidden deltas use the " +
  "updated w5..w8, beside new weights of the simultaneous one.";

/** Every number of the example, in both schemes. */
export function claims(): Claim[] {
  const { start, backward, afterOne, afterAll } = train();
  const sequential = train({ scheme: "sequential" });
  const late = sequential.afterAll;
  return [
    ...list("net h", [0.3775, 0.3925], start.netH, 4),
    ...list("h", [0.5932699921, 0.5968843783], start.h, 10),
    ...list("net o", [1.1059059671, 1.2249214041], start.netO, 10),
    claim("o1", 0.7513650696, start.o[0]!, decimals(10), TYPO),
    claim("o2", 0.7729284653, start.o[1]!, decimals(10)),
    ...list("E o", [0.2748110832, 0.0235600256], start.errors, 10),
    claim("E", 0.2983711088, start.error, decimals(10)),
    ...list("delta o", [0.1384985616, -0.0380982365], backward.deltaO, 10),
    ...list("delta h", [0.0087713547, 0.0099542547], backward.deltaH, 10),
    ...list("dE/dw", GRADIENTS, backward.gradients, 11),
    ...list("new w", NEW_WEIGHTS, afterOne.weights, 10),
    claim("E after 1", 0.2910277737, afterOne.error, decimals(10)),
    ...list("after 10,000: o", [0.0159136204, 0.9840642735], afterAll.o, 10),
    claim("E after 10,000", 3.510188e-5, afterAll.error, decimals(11)),
    claim("sequential: E after 1", 0.2910279239, sequential.afterOne.error, decimals(10), MIXED),
    ...list("sequential, 10,000: o", [0.0159121963, 0.9840657345], late.o, 10, MIXED),
    claim("sequential, 10,000: E", 3.508479e-5, late.error, decimals(11), MIXED),
  ];
}

const GRADIENTS = [
  0.00043856773, 0.00087713547, 0.00049771274, 0.00099542547, 0.08216704056, 0.08266762785,
  -0.02260254048, -0.02274024222,
];
const NEW_WEIGHTS = [
  0.1497807161, 0.1995614323, 0.2497511436, 0.2995022873, 0.3589164797, 0.4086661861, 0.5113012702,
  0.5613701211,
];

/** Claims numbered from 1. */
function list(
  name: string,
  expected: readonly number[],
  actual: readonly number[],
  places: number,
  note?: string,
): Claim[] {
  return expected.map((x, i) => claim(`${name}${i + 1}`, x, actual[i]!, decimals(places), note));
}
