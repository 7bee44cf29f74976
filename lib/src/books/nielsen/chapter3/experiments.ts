// Nielsen's chapter 3 in the table of experiments: how networks learn better.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type Chapter3Name =
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
  | "unseeded-runs";

export const CHAPTER3: Readonly<Record<Chapter3Name, ExperimentEntry>> = {
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
    load: () => import("./structural-risk.ts"),
  },
  "weight-decay": {
    title: "Weight decay shrinks weights and lets them turn",
    source: "Nielsen, chapter 3",
    seconds: 1.2,
    load: () => import("./weight-decay.ts"),
  },
  "l1-or-l2": {
    title: "L1 makes weights zero, L2 makes them small",
    source: "Nielsen, chapter 3",
    seconds: 0.7,
    load: () => import("./l1-or-l2.ts"),
  },
  "dropout-masks": {
    title: "Dropout as the mean over all masks",
    source: "Nielsen, chapter 3",
    seconds: 0.1,
    load: () => import("./dropout-masks.ts"),
  },
  "early-stopping": {
    title: "Overfitting on a thousand images, and where to stop",
    source: "Nielsen, chapter 3",
    seconds: 1,
    load: () => import("./early-stopping.ts"),
  },
  "training-size": {
    title: "More training images, more right",
    source: "Nielsen, chapter 3",
    seconds: 1,
    load: () => import("./training-size.ts"),
  },
  initialisation: {
    title: "Net inputs at the start, saturated or not",
    source: "Nielsen, chapter 3",
    seconds: 0.6,
    load: () => import("./initialisation.ts"),
  },
  "hyper-parameters": {
    title: "Choosing a rate and lambda by quick feedback",
    source: "Nielsen, chapter 3",
    seconds: 1.8,
    load: () => import("./hyper-parameters.ts"),
  },
  "unseeded-runs": {
    title: "The accuracies of runs without a seed",
    source: "Nielsen, chapters 1 and 3",
    seconds: 0.8,
    load: () => import("./unseeded-runs.ts"),
  },
};
