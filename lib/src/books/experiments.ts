// The books' experiments by name, each of which sets its numbers beside ours.

import { expectArgument, text } from "../checks/arguments.ts";
import type { ArgumentError } from "../checks/errors.ts";
import { unknownName } from "../checks/nearest.ts";
import type { Dataset } from "../data/dataset.ts";
import * as mazur from "./mazur/mazur.ts";
import * as micrograd from "./micrograd/micrograd.ts";
import * as bpEquations from "./nielsen/bp-equations.ts";
import * as bumps from "./nielsen/bumps.ts";
import * as fourOutputs from "./nielsen/four-outputs.ts";
import * as gates from "./nielsen/gates.ts";
import * as saturation from "./nielsen/saturation.ts";
import * as softmax from "./nielsen/softmax.ts";
import * as vanishing from "./nielsen/vanishing.ts";
import * as algorithm41 from "./nndl/algorithm41.ts";
import * as batchSizes from "./nndl/batch-sizes.ts";
import * as biasShift from "./nndl/bias-shift.ts";
import * as graph48 from "./nndl/graph48.ts";
import * as iris from "./nndl/iris.ts";
import * as linearCollapse from "./nndl/linear-collapse.ts";
import * as surface49 from "./nndl/surface49.ts";
import * as xor from "./nndl/xor.ts";
import * as xorMinima from "./nndl/xor-minima.ts";
import type { Claim } from "./shared/claim.ts";
import type { Mnist } from "./shared/mnist.ts";

/** Where the data come from; an experiment calls for what it needs. */
export interface Sources {
  readonly mnist: () => Promise<Mnist>;
  readonly iris: () => Dataset;
}

/** An experiment: its title, with the place in the book, and what it computes. */
export interface Experiment {
  readonly title: string;
  readonly claims: (sources: Sources) => Claim[] | Promise<Claim[]>;
}

/** The experiments that a name can say. */
export type ExperimentName =
  | "gates"
  | "xor"
  | "xor-minima"
  | "four-outputs"
  | "batch-sizes"
  | "bp-equations"
  | "mazur"
  | "saturation"
  | "softmax"
  | "bumps"
  | "graph48"
  | "micrograd"
  | "surface49"
  | "algorithm41"
  | "linear-collapse"
  | "vanishing"
  | "iris"
  | "bias-shift";

/** The books' experiments by name; each sets the numbers that a book prints beside ours. */
export const EXPERIMENTS: Readonly<Record<ExperimentName, Experiment>> = {
  gates: { title: "Nielsen, chapter 1: perceptrons as logic gates", claims: gates.claims },
  xor: { title: "Exclusive or needs a hidden layer", claims: xor.claims },
  "xor-minima": {
    title: "Exclusive or by two hidden units: minima, saddles and a trap",
    claims: xorMinima.claims,
  },
  "four-outputs": {
    title: "Nielsen, chapter 1: ten outputs for ten digits, or four",
    claims: ({ mnist }) => fourOutputs.claims(mnist),
  },
  "batch-sizes": {
    title: "Nielsen, chapter 1: the gradient of a minibatch",
    claims: ({ mnist }) => batchSizes.claims(mnist),
  },
  "bp-equations": { title: "Nielsen, chapter 2: BP1 to BP4", claims: bpEquations.claims },
  mazur: { title: "Mazur's worked example of backpropagation", claims: mazur.claims },
  saturation: { title: "Nielsen, chapter 3: one saturated neuron", claims: saturation.claims },
  softmax: { title: "Softmax, NNDL and Nielsen, chapter 3", claims: softmax.claims },
  bumps: { title: "Nielsen, chapter 4: five bumps approximate a wave", claims: bumps.claims },
  graph48: { title: "NNDL, figure 4.8: a computational graph", claims: graph48.claims },
  micrograd: { title: "The expression in micrograd's README", claims: micrograd.claims },
  surface49: { title: "NNDL, figure 4.9: two loss surfaces", claims: surface49.claims },
  algorithm41: {
    title: "NNDL, algorithm 4.1: one example at a time, on two moons",
    claims: algorithm41.claims,
  },
  "linear-collapse": {
    title: "Layers without activation are one layer",
    claims: linearCollapse.claims,
  },
  vanishing: {
    title: "NNDL, chapter 4 and Nielsen, chapter 5: vanishing gradients and dead ReLUs",
    claims: ({ mnist }) => vanishing.claims(mnist),
  },
  iris: {
    title: "NNDL, chapter 4: irises by a 4-6-3 net",
    claims: ({ iris: flowers }) => iris.claims(flowers),
  },
  "bias-shift": {
    title: "NNDL, chapter 4: inputs that are all positive",
    claims: biasShift.claims,
  },
};

/** All names, in the order of the books. */
export function experimentNames(): ExperimentName[] {
  return Object.keys(EXPERIMENTS) as ExperimentName[];
}

/** The error for a name that is not among them, with the nearest that is. */
export function unknownExperiment(name: string, others: readonly string[] = []): ArgumentError {
  expectArgument("unknownExperiment", "name", name, text);
  return unknownName("experiment", name, [...experimentNames(), ...others]);
}
