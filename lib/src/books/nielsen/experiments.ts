// Nielsen's experiments by name, in the order of the book; each is loaded when it is run.

import { type Experiment, experimentTable } from "../shared/experiment.ts";
import { CHAPTER5, type Chapter5Name } from "./chapter5/experiments.ts";
import { CHAPTER6, type Chapter6Name } from "./chapter6/experiments.ts";
import { NETWORK3 } from "./network3/experiments.ts";
import type { Network3Name } from "./network3/runs.ts";

export type NielsenName =
  | "gates"
  | "half-adder"
  | "sharp-sigmoid"
  | "four-outputs"
  | "quadratic-cost"
  | "gradient-descent"
  | "sum-and-mean"
  | "baselines"
  | "bp-equations"
  | "cost-assumptions"
  | "slow-learning"
  | "saturation"
  | "softmax"
  | "structural-risk"
  | "weight-decay"
  | "l1-or-l2"
  | "dropout-masks"
  | "early-stopping"
  | "training-size"
  | "initialisation"
  | "hyper-parameters"
  | "unseeded-runs"
  | "steps-and-towers"
  | "bumps"
  | "network2-runs"
  | "vanishing"
  | Chapter5Name
  | Chapter6Name
  | Network3Name
  | "network3";

export const NIELSEN: Readonly<Record<NielsenName, Experiment>> = experimentTable({
  gates: {
    title: "Perceptrons as logic gates",
    source: "Nielsen, chapter 1",
    seconds: 0.1,
    load: () => import("./gates.ts"),
  },
  "half-adder": {
    title: "A half adder out of NAND gates, or a circuit of one's own",
    source: "Nielsen, chapter 1",
    seconds: 0.1,
    load: () => import("./chapter1/half-adder.ts"),
  },
  "sharp-sigmoid": {
    title: "Sigmoid neurons become perceptrons as their weights grow",
    source: "Nielsen, chapter 1",
    seconds: 0.1,
    load: () => import("./chapter1/sharp-sigmoid.ts"),
  },
  "four-outputs": {
    title: "Ten outputs for ten digits, or four",
    source: "Nielsen, chapter 1",
    seconds: 4,
    load: async () => {
      const { PARAMETERS, claims } = await import("./four-outputs.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point) };
    },
  },
  "quadratic-cost": {
    title: "The quadratic cost is not the mean squared error",
    source: "Nielsen, chapter 1",
    seconds: 0.1,
    load: () => import("./chapter1/quadratic-cost.ts"),
  },
  "gradient-descent": {
    title: "A ball on a bowl: the change that a rate promises, and overshoot",
    source: "Nielsen, chapter 1",
    seconds: 0.1,
    load: () => import("./chapter1/gradient-descent.ts"),
  },
  "sum-and-mean": {
    title: "Sum or mean over a minibatch: 1/m goes into the rate",
    source: "Nielsen, chapter 1",
    seconds: 0.3,
    load: () => import("./chapter1/sum-and-mean.ts"),
  },
  baselines: {
    title: "Digits by average darkness, and by a support vector machine",
    source: "Nielsen, chapter 1",
    seconds: 1,
    load: () => import("./chapter1/baselines.ts"),
  },
  "bp-equations": {
    title: "The equations of backpropagation, BP1 to BP4",
    source: "Nielsen, chapter 2",
    seconds: 0.8,
    load: () => import("./bp-equations.ts"),
  },
  "cost-assumptions": {
    title: "Two assumptions on the cost, each broken once",
    source: "Nielsen, chapter 2",
    seconds: 0.3,
    load: () => import("./chapter2/cost-assumptions.ts"),
  },
  "slow-learning": {
    title: "Which weights learn slowly",
    source: "Nielsen, chapter 2",
    seconds: 0.1,
    load: () => import("./chapter2/slow-learning.ts"),
  },
  saturation: {
    title: "One saturated neuron",
    source: "Nielsen, chapter 3",
    seconds: 0.2,
    load: () => import("./saturation.ts"),
  },
  softmax: {
    title: "Softmax makes probabilities",
    source: "NNDL notes; Nielsen, chapter 3",
    seconds: 0.1,
    load: () => import("./softmax.ts"),
  },
  "structural-risk": {
    title: "Structural risk, and five meanings of lambda",
    source: "Nielsen, chapter 3; NNDL, chapter 4",
    seconds: 0.3,
    load: () => import("./chapter3/structural-risk.ts"),
  },
  "weight-decay": {
    title: "Weight decay shrinks weights and lets them turn",
    source: "Nielsen, chapter 3",
    seconds: 1.2,
    load: () => import("./chapter3/weight-decay.ts"),
  },
  "l1-or-l2": {
    title: "L1 makes weights zero, L2 makes them small",
    source: "Nielsen, chapter 3",
    seconds: 0.7,
    load: () => import("./chapter3/l1-or-l2.ts"),
  },
  "dropout-masks": {
    title: "Dropout as the mean over all masks",
    source: "Nielsen, chapter 3",
    seconds: 0.1,
    load: () => import("./chapter3/dropout-masks.ts"),
  },
  "early-stopping": {
    title: "Overfitting on a thousand images, and where to stop",
    source: "Nielsen, chapter 3",
    seconds: 1,
    load: () => import("./chapter3/early-stopping.ts"),
  },
  "training-size": {
    title: "More training images, more right",
    source: "Nielsen, chapter 3",
    seconds: 1,
    load: () => import("./chapter3/training-size.ts"),
  },
  initialisation: {
    title: "Net inputs at the start, saturated or not",
    source: "Nielsen, chapter 3",
    seconds: 0.6,
    load: () => import("./chapter3/initialisation.ts"),
  },
  "hyper-parameters": {
    title: "Choosing a rate and lambda by quick feedback",
    source: "Nielsen, chapter 3",
    seconds: 1.8,
    load: () => import("./chapter3/hyper-parameters.ts"),
  },
  "unseeded-runs": {
    title: "The accuracies of runs without a seed",
    source: "Nielsen, chapters 1 and 3",
    seconds: 0.8,
    load: () => import("./chapter3/unseeded-runs.ts"),
  },
  "steps-and-towers": {
    title: "Steps, bumps and towers, and training from there",
    source: "Nielsen, chapter 4",
    seconds: 1,
    load: () => import("./chapter4/steps-and-towers.ts"),
  },
  bumps: {
    title: "Five bumps approximate a wave",
    source: "Nielsen, chapter 4",
    seconds: 0.1,
    load: () => import("./bumps.ts"),
  },
  "network2-runs": {
    title: "The seeded runs of network2.py, to the digit",
    source: "Nielsen, chapter 3",
    seconds: 3,
    load: () => import("./network2/published.ts"),
  },
  vanishing: {
    title: "Vanishing gradients and dead ReLUs",
    source: "NNDL, chapter 4; Nielsen, chapter 5",
    seconds: 2,
    load: async () => {
      const { PARAMETERS, claims, curves } = await import("./vanishing.ts");
      return {
        PARAMETERS,
        claims: (point, { mnist }) => claims(mnist, point),
        curves: (point, { mnist }) => curves(mnist, point),
      };
    },
  },
  ...CHAPTER5,
  ...CHAPTER6,
  ...NETWORK3,
});
