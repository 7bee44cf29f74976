// NNDL's memory networks and graph networks in the table of experiments.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type StructureExperiment =
  | "hopfield-recall"
  | "lstm-memory"
  | "karate-club"
  | "sequence-reversal";

export const STRUCTURES: Readonly<Record<StructureExperiment, ExperimentEntry>> = {
  "hopfield-recall": {
    title: "How much a Hopfield network remembers",
    source: "NNDL, chapters 4 and 8",
    seconds: 0.3,
    load: () => import("./hopfield-recall.ts"),
  },
  "lstm-memory": {
    title: "An LSTM that must remember, and its gates",
    source: "NNDL, chapters 4 and 6",
    seconds: 0.5,
    load: () => import("./lstm-memory.ts"),
  },
  "karate-club": {
    title: "A karate club by graph convolution",
    source: "NNDL, chapters 4 and 6",
    seconds: 0.5,
    load: async () => {
      const { PARAMETERS, claims, curves } = await import("./karate-club.ts");
      return {
        PARAMETERS,
        claims: (point, { karate }) => claims(karate, point),
        curves: (point, { karate }) => curves(karate, point),
      };
    },
  },
  "sequence-reversal": {
    title: "Sequences written backwards by attention",
    source: "NNDL, chapter 8",
    seconds: 2,
    load: () => import("./sequence-reversal.ts"),
  },
};
