// NNDL's notes on feed-forward networks, and its practice, in the table of experiments.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type NetworkExperiment =
  | "xor"
  | "xor-minima"
  | "surface49"
  | "linear-collapse"
  | "iris"
  | "distributed-memory"
  | "equal-twins"
  | "posterior"
  | "feature-space"
  | "frozen-features"
  | "xor-starts"
  | "capacity"
  | "moons"
  | "digits";

export const NETWORKS: Readonly<Record<NetworkExperiment, ExperimentEntry>> = {
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
  surface49: {
    title: "Two loss surfaces",
    source: "NNDL, figure 4.9",
    seconds: 0.1,
    load: () => import("./surface49.ts"),
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
  "distributed-memory": {
    title: "Memory in all connections: a net is damaged",
    source: "NNDL, chapter 4",
    seconds: 1,
    load: () => import("./distributed-memory.ts"),
  },
  "equal-twins": {
    title: "Equal twins: other weights, the same net",
    source: "NNDL, chapter 4",
    seconds: 0.3,
    load: () => import("./equal-twins.ts"),
  },
  posterior: {
    title: "The output of a net approximates p(y | x)",
    source: "NNDL, chapter 4",
    seconds: 0.5,
    load: () => import("./posterior.ts"),
  },
  "feature-space": {
    title: "Exclusive or in the space of two hidden units",
    source: "NNDL, chapter 4",
    seconds: 0.1,
    load: () => import("./feature-space.ts"),
  },
  "frozen-features": {
    title: "Features learnt on other digits, frozen",
    source: "NNDL, chapter 4",
    seconds: 1,
    load: async () => {
      const { PARAMETERS, claims } = await import("./frozen-features.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point) };
    },
  },
  "xor-starts": {
    title: "How many starts solve exclusive or",
    source: "NNDL, chapter 4",
    seconds: 0.5,
    load: () => import("./xor-starts.ts"),
  },
  capacity: {
    title: "Too many parameters for the data",
    source: "NNDL, chapter 4",
    seconds: 1,
    load: () => import("./capacity.ts"),
  },
  moons: {
    title: "Moon1000 by a 2-5-1 net, and from zeros",
    source: "NNDL, practice of chapter 4",
    seconds: 0.8,
    load: () => import("./moons.ts"),
  },
  digits: {
    title: "Digits by a feed-forward net",
    source: "NNDL, practice of chapter 4",
    seconds: 5,
    load: async () => {
      const { PARAMETERS, claims } = await import("./digits.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point) };
    },
  },
};
