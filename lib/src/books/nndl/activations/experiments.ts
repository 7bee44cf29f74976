// NNDL's notes on activations in the table of experiments.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type ActivationExperiment =
  | "bias-shift"
  | "mean-shift"
  | "dead-relu"
  | "activation-slopes"
  | "activation-rules"
  | "activation-race"
  | "relu-sparsity";

export const ACTIVATIONS: Readonly<Record<ActivationExperiment, ExperimentEntry>> = {
  "bias-shift": {
    title: "Inputs that are all positive",
    source: "NNDL, chapter 4",
    seconds: 2,
    load: () => import("./bias-shift.ts"),
  },
  "mean-shift": {
    title: "Activations that are not centred shift the next layer",
    source: "NNDL, chapter 4",
    seconds: 0.5,
    load: () => import("./mean-shift.ts"),
  },
  "dead-relu": {
    title: "One outlier kills a ReLU",
    source: "NNDL notes; NNDL, chapter 4",
    seconds: 0.3,
    load: () => import("./dead-relu.ts"),
  },
  "activation-slopes": {
    title: "Slopes that are neither too small nor too large",
    source: "NNDL, chapter 4",
    seconds: 0.5,
    load: () => import("./activation-slopes.ts"),
  },
  "activation-rules": {
    title: "Must an activation be differentiable, or monotone",
    source: "NNDL, chapter 4",
    seconds: 1,
    load: () => import("./activation-rules.ts"),
  },
  "activation-race": {
    title: "Six activations in a race",
    source: "NNDL, chapter 4",
    seconds: 1,
    load: () => import("./activation-race.ts"),
  },
  "relu-sparsity": {
    title: "Zeros in a layer of ReLUs",
    source: "NNDL, chapter 4",
    seconds: 1,
    load: async () => {
      const { PARAMETERS, claims } = await import("./relu-sparsity.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point) };
    },
  },
};
