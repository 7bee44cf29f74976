// Nielsen's chapter 4 in the table of experiments: any function, by steps and bumps.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type Chapter4Name = "steps-and-towers" | "bumps";

export const CHAPTER4: Readonly<Record<Chapter4Name, ExperimentEntry>> = {
  "steps-and-towers": {
    title: "Steps, bumps and towers, and training from there",
    source: "Nielsen, chapter 4",
    seconds: 1,
    load: () => import("./steps-and-towers.ts"),
  },
  bumps: {
    title: "Five bumps approximate a wave",
    source: "Nielsen, chapter 4",
    seconds: 0.1,
    load: () => import("./bumps.ts"),
  },
};
