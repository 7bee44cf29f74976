// The books' experiments by name, each of which sets its numbers beside ours.

import { expectArgument, text } from "../checks/arguments.ts";
import type { ArgumentError } from "../checks/errors.ts";
import { unknownName } from "../checks/nearest.ts";
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
import { type Experiment, makeExperiment } from "./shared/experiment.ts";

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
  gates: makeExperiment({
    title: "Perceptrons as logic gates",
    source: "Nielsen, chapter 1",
    seconds: 0.1,
    parameters: gates.PARAMETERS,
    claims: gates.claims,
  }),
  xor: makeExperiment({
    title: "Exclusive or needs a hidden layer",
    source: "NNDL, chapter 4",
    seconds: 0.3,
    parameters: xor.PARAMETERS,
    claims: xor.claims,
  }),
  "xor-minima": makeExperiment({
    title: "Exclusive or by two hidden units: minima, saddles, a trap",
    source: "NNDL, chapter 4",
    seconds: 3,
    parameters: xorMinima.PARAMETERS,
    claims: xorMinima.claims,
  }),
  "four-outputs": makeExperiment({
    title: "Ten outputs for ten digits, or four",
    source: "Nielsen, chapter 1",
    seconds: 4,
    parameters: fourOutputs.PARAMETERS,
    claims: (point, { mnist }) => fourOutputs.claims(mnist, point),
  }),
  "batch-sizes": makeExperiment({
    title: "The gradient of a minibatch",
    source: "Nielsen, chapter 1",
    seconds: 3,
    parameters: batchSizes.PARAMETERS,
    claims: (point, { mnist }) => batchSizes.claims(mnist, point),
  }),
  "bp-equations": makeExperiment({
    title: "The equations of backpropagation, BP1 to BP4",
    source: "Nielsen, chapter 2",
    seconds: 0.8,
    parameters: bpEquations.PARAMETERS,
    claims: bpEquations.claims,
  }),
  mazur: makeExperiment({
    title: "A worked example of backpropagation",
    source: "Mazur (2015)",
    seconds: 0.8,
    parameters: mazur.PARAMETERS,
    claims: mazur.claims,
  }),
  saturation: makeExperiment({
    title: "One saturated neuron",
    source: "Nielsen, chapter 3",
    seconds: 0.2,
    parameters: saturation.PARAMETERS,
    claims: saturation.claims,
  }),
  softmax: makeExperiment({
    title: "Softmax makes probabilities",
    source: "NNDL notes; Nielsen, chapter 3",
    seconds: 0.1,
    parameters: softmax.PARAMETERS,
    claims: softmax.claims,
  }),
  bumps: makeExperiment({
    title: "Five bumps approximate a wave",
    source: "Nielsen, chapter 4",
    seconds: 0.1,
    parameters: bumps.PARAMETERS,
    claims: bumps.claims,
  }),
  graph48: makeExperiment({
    title: "A computational graph",
    source: "NNDL, figure 4.8",
    seconds: 0.1,
    parameters: graph48.PARAMETERS,
    claims: graph48.claims,
  }),
  micrograd: makeExperiment({
    title: "The expression in micrograd's README",
    source: "Karpathy, micrograd",
    seconds: 0.1,
    parameters: micrograd.PARAMETERS,
    claims: micrograd.claims,
  }),
  surface49: makeExperiment({
    title: "Two loss surfaces",
    source: "NNDL, figure 4.9",
    seconds: 0.1,
    parameters: surface49.PARAMETERS,
    claims: surface49.claims,
  }),
  algorithm41: makeExperiment({
    title: "One example at a time, on two moons",
    source: "NNDL, algorithm 4.1",
    seconds: 1,
    parameters: algorithm41.PARAMETERS,
    claims: algorithm41.claims,
  }),
  "linear-collapse": makeExperiment({
    title: "Layers without activation are one layer",
    source: "NNDL, chapter 4",
    seconds: 1.5,
    parameters: linearCollapse.PARAMETERS,
    claims: linearCollapse.claims,
  }),
  vanishing: makeExperiment({
    title: "Vanishing gradients and dead ReLUs",
    source: "NNDL, chapter 4; Nielsen, chapter 5",
    seconds: 2,
    parameters: vanishing.PARAMETERS,
    claims: (point, { mnist }) => vanishing.claims(mnist, point),
  }),
  iris: makeExperiment({
    title: "Irises by a 4-6-3 net",
    source: "NNDL, chapter 4",
    seconds: 0.4,
    parameters: iris.PARAMETERS,
    claims: (point, sources) => iris.claims(sources.iris, point),
  }),
  "bias-shift": makeExperiment({
    title: "Inputs that are all positive",
    source: "NNDL, chapter 4",
    seconds: 2,
    parameters: biasShift.PARAMETERS,
    claims: biasShift.claims,
  }),
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
