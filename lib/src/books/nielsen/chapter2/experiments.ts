// Nielsen's chapter 2 in the table of experiments: how backpropagation works.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type Chapter2Name = "bp-equations" | "cost-assumptions" | "slow-learning";

export const CHAPTER2: Readonly<Record<Chapter2Name, ExperimentEntry>> = {
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
    load: () => import("./cost-assumptions.ts"),
  },
  "slow-learning": {
    title: "Which weights learn slowly",
    source: "Nielsen, chapter 2",
    seconds: 0.1,
    load: () => import("./slow-learning.ts"),
  },
};
