// NNDL's notes on derivatives and graphs in the table of experiments.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type DerivativeExperiment =
  | "graph48"
  | "algorithm41"
  | "three-partials"
  | "forward-reverse"
  | "three-ways"
  | "static-dynamic";

export const DERIVATIVES: Readonly<Record<DerivativeExperiment, ExperimentEntry>> = {
  graph48: {
    title: "A computational graph",
    source: "NNDL, figure 4.8",
    seconds: 0.1,
    load: () => import("./graph48.ts"),
  },
  algorithm41: {
    title: "One example at a time, on two moons",
    source: "NNDL, algorithm 4.1",
    seconds: 1,
    load: () => import("./algorithm41.ts"),
  },
  "three-partials": {
    title: "Three partial derivatives as matrices",
    source: "NNDL, chapter 4",
    seconds: 0.1,
    load: () => import("./three-partials.ts"),
  },
  "forward-reverse": {
    title: "Forward mode, reverse mode, and how many passes",
    source: "NNDL, chapter 4",
    seconds: 0.2,
    load: () => import("./forward-reverse.ts"),
  },
  "three-ways": {
    title: "Numerical, symbolic, automatic differentiation",
    source: "NNDL, chapter 4",
    seconds: 0.1,
    load: () => import("./three-ways.ts"),
  },
  "static-dynamic": {
    title: "Static and dynamic graphs",
    source: "NNDL, chapter 4",
    seconds: 0.5,
    load: () => import("./static-dynamic.ts"),
  },
};
