// What a run of an experiment is given and what it gives.

import type { Dataset } from "../../data/dataset.ts";
import type { GraphDataset } from "../../data/node/karate.ts";
import type { Claim } from "./claim.ts";
import type { Curves } from "./curves.ts";
import type { Mnist } from "./mnist.ts";

/** Where the data come from; an experiment calls for what it needs. */
export interface Sources {
  readonly mnist: () => Promise<Mnist>;
  readonly iris: () => Dataset;
  /** Left out where no packages can be read, and by what does not ask for it. */
  readonly karate?: () => GraphDataset;
}

/** The book's numbers beside ours, and curves where they say more than a number. */
export interface ExperimentRun {
  readonly claims: readonly Claim[];
  readonly curves?: readonly Curves[];
}
