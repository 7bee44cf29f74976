// Qiu's experiments by name, in the order of the book; each is loaded when it is run.

import { type Experiment, experimentTable } from "../shared/experiment.ts";
import { ACTIVATIONS, type ActivationExperiment } from "./activations/experiments.ts";
import { DEPTH, type DepthName } from "./depth/experiments.ts";
import { DERIVATIVES, type DerivativeExperiment } from "./derivatives/experiments.ts";
import { NETWORKS, type NetworkExperiment } from "./networks/experiments.ts";
import { STRUCTURES, type StructureExperiment } from "./structures/experiments.ts";

export type NndlName =
  | DepthName
  | "xor"
  | "xor-minima"
  | "batch-sizes"
  | "graph48"
  | "surface49"
  | "algorithm41"
  | "linear-collapse"
  | "iris"
  | "bias-shift"
  | "distributed-memory"
  | "equal-twins"
  | ActivationExperiment
  | DerivativeExperiment
  | NetworkExperiment
  | StructureExperiment;

export const NNDL: Readonly<Record<NndlName, Experiment>> = experimentTable({
  xor: {
    title: "Exclusive or needs a hidden layer",
    source: "NNDL, chapter 4",
    seconds: 0.3,
    load: () => import("./xor.ts"),
  },
  "xor-minima": {
    title: "Exclusive or by two hidden units: minima, saddles, a trap",
    source: "NNDL, chapter 4",
    seconds: 3,
    load: () => import("./xor-minima.ts"),
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
  graph48: {
    title: "A computational graph",
    source: "NNDL, figure 4.8",
    seconds: 0.1,
    load: () => import("./graph48.ts"),
  },
  surface49: {
    title: "Two loss surfaces",
    source: "NNDL, figure 4.9",
    seconds: 0.1,
    load: () => import("./surface49.ts"),
  },
  algorithm41: {
    title: "One example at a time, on two moons",
    source: "NNDL, algorithm 4.1",
    seconds: 1,
    load: () => import("./algorithm41.ts"),
  },
  "linear-collapse": {
    title: "Layers without activation are one layer",
    source: "NNDL, chapter 4",
    seconds: 1.5,
    load: () => import("./linear-collapse.ts"),
  },
  iris: {
    title: "Irises by a 4-6-3 net",
    source: "NNDL, chapter 4",
    seconds: 0.4,
    load: async () => {
      const { PARAMETERS, claims } = await import("./iris.ts");
      return { PARAMETERS, claims: (point, sources) => claims(sources.iris, point) };
    },
  },
  "bias-shift": {
    title: "Inputs that are all positive",
    source: "NNDL, chapter 4",
    seconds: 2,
    load: () => import("./bias-shift.ts"),
  },
  "distributed-memory": {
    title: "Memory in all connections: a net is damaged",
    source: "NNDL, chapter 4",
    seconds: 1,
    load: () => import("./learnt/distributed-memory.ts"),
  },
  "equal-twins": {
    title: "Equal twins: other weights, the same net",
    source: "NNDL, chapter 4",
    seconds: 0.3,
    load: () => import("./learnt/equal-twins.ts"),
  },
  ...ACTIVATIONS,
  ...DERIVATIVES,
  ...NETWORKS,
  ...STRUCTURES,
  ...DEPTH,
});
