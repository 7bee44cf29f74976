// Qiu's experiments by name, in the order of the book; each is loaded when it is run.

import { type Experiment, experimentTable } from "../shared/experiment.ts";

export type NndlName =
  | "xor"
  | "xor-minima"
  | "batch-sizes"
  | "graph48"
  | "surface49"
  | "algorithm41"
  | "linear-collapse"
  | "iris"
  | "bias-shift";

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
      const { PARAMETERS, claims } = await import("./batch-sizes.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point) };
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
});
