// Nielsen's chapter 1 in the table of experiments: neurons, costs, descent, and digits.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type Chapter1Name =
  | "gates"
  | "half-adder"
  | "sharp-sigmoid"
  | "four-outputs"
  | "quadratic-cost"
  | "gradient-descent"
  | "batch-sizes"
  | "sum-and-mean"
  | "baselines";

export const CHAPTER1: Readonly<Record<Chapter1Name, ExperimentEntry>> = {
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
    load: () => import("./half-adder.ts"),
  },
  "sharp-sigmoid": {
    title: "Sigmoid neurons become perceptrons as their weights grow",
    source: "Nielsen, chapter 1",
    seconds: 0.1,
    load: () => import("./sharp-sigmoid.ts"),
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
    load: () => import("./quadratic-cost.ts"),
  },
  "gradient-descent": {
    title: "A ball on a bowl: the change that a rate promises, and overshoot",
    source: "Nielsen, chapter 1",
    seconds: 0.1,
    load: () => import("./gradient-descent.ts"),
  },
  "batch-sizes": {
    title: "The gradient of a minibatch",
    source: "Nielsen, chapter 1",
    seconds: 3,
    load: async () => {
      const { PARAMETERS, claims, curves } = await import("./batch-sizes.ts");
      return { PARAMETERS, curves, claims: (point, { mnist }) => claims(mnist, point) };
    },
  },
  "sum-and-mean": {
    title: "Sum or mean over a minibatch: 1/m goes into the rate",
    source: "Nielsen, chapter 1",
    seconds: 0.3,
    load: () => import("./sum-and-mean.ts"),
  },
  baselines: {
    title: "Digits by average darkness, and by a support vector machine",
    source: "Nielsen, chapter 1",
    seconds: 1,
    load: () => import("./baselines.ts"),
  },
};
