// NNDL's notes on feed-forward networks, and its practice, in the table of experiments.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type NetworkExperiment =
  | "posterior"
  | "feature-space"
  | "frozen-features"
  | "xor-starts"
  | "capacity"
  | "moons"
  | "digits";

export const NETWORKS: Readonly<Record<NetworkExperiment, ExperimentEntry>> = {
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
