// The network of Mazur's worked example, 2-2-2 with sigmoids, and its training in both schemes.

import {
  expectOptions,
  finite,
  flag,
  index,
  type Kind,
  type Kinds,
  listOf,
  oneOf,
} from "../../checks/arguments.ts";
import "../../tensor/methods.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { tensor, zeros } from "../../tensor/create.ts";

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
  /** Whether the biases are updated too, one for each layer; false in the example. */
  readonly trainBiases?: boolean;
  /** The example to learn: two inputs, and two targets. */
  readonly inputs?: readonly number[];
  readonly targets?: readonly number[];
  /** w1 to w8, and the biases of both layers, to begin with. */
  readonly weights?: readonly number[];
  readonly biases?: readonly number[];
}

const numbersOf = (length: number): Kind<readonly number[]> => ({
  says: `a list of ${length} finite numbers`,
  fits: (value) => listOf(finite).fits(value) && (value as number[]).length === length,
});

const OPTIONS: Kinds<MazurOptions> = {
  scheme: oneOf("simultaneous", "sequential"),
  steps: index,
  learningRate: finite,
  trainBiases: flag,
  inputs: numbersOf(2),
  targets: numbersOf(2),
  weights: numbersOf(8),
  biases: numbersOf(2),
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
  /** Of the hidden and of the output layer. */
  readonly biases: readonly number[];
}

/** The network at the start, its first gradients, and after one update and all. */
export interface MazurResult {
  readonly scheme: Scheme;
  readonly start: MazurStage;
  readonly backward: MazurBackward;
  readonly afterOne: MazurStage;
  readonly afterAll: MazurStage;
}

/** Row j holds the weights into unit j; both units of a layer share a bias. */
interface Weights {
  readonly hidden: Tensor<[2, 2]>;
  readonly output: Tensor<[2, 2]>;
  readonly biasHidden: Tensor<[]>;
  readonly biasOutput: Tensor<[]>;
}

/** What is learnt, and how. */
interface Task {
  readonly inputs: Tensor<[2]>;
  readonly targets: Tensor<[2]>;
  readonly rate: number;
  readonly trainBiases: boolean;
}

/** Zeros added to the net inputs: the derivative of the error by them is delta = dE/dnet. */
interface Nudges {
  readonly netH: Tensor<[2]>;
  readonly netO: Tensor<[2]>;
}

/** What the example starts from. */
export const MAZUR_START = {
  inputs: [0.05, 0.1],
  targets: [0.01, 0.99],
  weights: [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55],
  biases: [0.35, 0.6],
} as const;

function startWeights(weights: readonly number[], biases: readonly number[]): Weights {
  const matrix = (from: number) => tensor(weights.slice(from, from + 4), "float64").reshape([2, 2]);
  return {
    hidden: matrix(0), // w1 w2 / w3 w4
    output: matrix(4), // w5 w6 / w7 w8
    biasHidden: tensor(biases[0]!, "float64"),
    biasOutput: tensor(biases[1]!, "float64"),
  };
}

function noNudges(): Nudges {
  return { netH: zeros([2], "float64"), netO: zeros([2], "float64") };
}

function hiddenLayer(
  { hidden, biasHidden }: Pick<Weights, "hidden" | "biasHidden">,
  nudge: Nudges["netH"],
  { inputs }: Task,
) {
  const netH = hidden.matmul(inputs).add(biasHidden).add(nudge);
  return { netH, h: netH.sigmoid() };
}

function network(weights: Weights, nudges: Nudges, task: Task) {
  const { netH, h } = hiddenLayer(weights, nudges.netH, task);
  const netO = weights.output.matmul(h).add(weights.biasOutput).add(nudges.netO);
  const o = netO.sigmoid();
  const errors = task.targets.sub(o).square().div(2);
  return { netH, h, netO, o, errors, error: errors.sum() };
}

/** Gradients of the weights and the deltas, as a scheme has them. */
function gradientOf(weights: Weights, scheme: Scheme, task: Task): Weights & Nudges {
  const at = { ...weights, ...noNudges() };
  const gradient = grad((point: Weights & Nudges) => network(point, point, task).error)(at);
  if (scheme === "simultaneous") return gradient;
  const { netO: deltaO } = gradient;
  const updated = weights.output.sub(gradient.output.mul(task.rate));
  // dE/dnetO stays what it was, but flows back through the updated weights.
  const late = grad((point: Pick<typeof at, "hidden" | "biasHidden" | "netH">) => {
    const { h } = hiddenLayer(point, point.netH, task);
    return deltaO.mul(updated.matmul(h)).sum();
  })({ hidden: at.hidden, biasHidden: at.biasHidden, netH: at.netH });
  return { ...gradient, ...late };
}

function update(weights: Weights, gradient: Weights, { rate, trainBiases }: Task): Weights {
  const { biasHidden, biasOutput } = weights;
  return {
    hidden: weights.hidden.sub(gradient.hidden.mul(rate)),
    output: weights.output.sub(gradient.output.mul(rate)),
    biasHidden: trainBiases ? biasHidden.sub(gradient.biasHidden.mul(rate)) : biasHidden,
    biasOutput: trainBiases ? biasOutput.sub(gradient.biasOutput.mul(rate)) : biasOutput,
  };
}

/**
 * Trains the example's network in float64. In the example the biases are never updated.
 * Source: M. Mazur, "A Step by Step Backpropagation Example" (2015).
 * @throws ArgumentError for options that mean nothing
 */
export function train(options: MazurOptions = {}): MazurResult {
  expectOptions("mazur.train", options, OPTIONS);
  const { scheme = "simultaneous", steps = 10_000 } = options;
  const task: Task = {
    inputs: tensor([...(options.inputs ?? MAZUR_START.inputs)], "float64") as Tensor<[2]>,
    targets: tensor([...(options.targets ?? MAZUR_START.targets)], "float64") as Tensor<[2]>,
    rate: options.learningRate ?? 0.5,
    trainBiases: options.trainBiases ?? false,
  };
  const step = compile((weights: Weights) =>
    update(weights, gradientOf(weights, scheme, task), task),
  );
  const start = startWeights(
    options.weights ?? MAZUR_START.weights,
    options.biases ?? MAZUR_START.biases,
  );
  const gradient = gradientOf(start, scheme, task);
  const backward: MazurBackward = {
    deltaO: numbers(gradient.netO),
    deltaH: numbers(gradient.netH),
    gradients: flatten(gradient),
  };
  let weights = start;
  for (let i = 0; i < steps; i++) weights = step(weights);
  return {
    scheme,
    start: stage(start, task),
    backward,
    afterOne: stage(step(start), task),
    afterAll: stage(weights, task),
  };
}

function stage(weights: Weights, task: Task): MazurStage {
  const { error, ...rest } = network(weights, noNudges(), task);
  return {
    weights: flatten(weights),
    biases: [weights.biasHidden.item(), weights.biasOutput.item()],
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
