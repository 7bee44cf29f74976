// Nielsen's experiments by name, in the order of the book; each is loaded when it is run.

import { type Experiment, experimentTable } from "../shared/experiment.ts";
import { CHAPTER1, type Chapter1Name } from "./chapter1/experiments.ts";
import { CHAPTER2, type Chapter2Name } from "./chapter2/experiments.ts";
import { CHAPTER3, type Chapter3Name } from "./chapter3/experiments.ts";
import { CHAPTER4, type Chapter4Name } from "./chapter4/experiments.ts";
import { CHAPTER5, type Chapter5Name } from "./chapter5/experiments.ts";
import { CHAPTER6, type Chapter6Name } from "./chapter6/experiments.ts";
import { NETWORK3 } from "./network3/experiments.ts";
import type { Network3Name } from "./network3/runs.ts";

export type NielsenName =
  | Chapter1Name
  | Chapter2Name
  | Chapter3Name
  | "network2-runs"
  | Chapter4Name
  | Chapter5Name
  | Chapter6Name
  | Network3Name
  | "network3";

export const NIELSEN: Readonly<Record<NielsenName, Experiment>> = experimentTable({
  ...CHAPTER1,
  ...CHAPTER2,
  ...CHAPTER3,
  "network2-runs": {
    title: "The seeded runs of network2.py, to the digit",
    source: "Nielsen, chapter 3",
    seconds: 3,
    load: () => import("./network2/published.ts"),
  },
  ...CHAPTER4,
  ...CHAPTER5,
  ...CHAPTER6,
  ...NETWORK3,
});
