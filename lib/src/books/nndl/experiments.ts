// Qiu's experiments by name, in the order of the book; each is loaded when it is run.

import { type Experiment, experimentTable } from "../shared/experiment.ts";
import { ACTIVATIONS, type ActivationExperiment } from "./activations/experiments.ts";
import { DEPTH, type DepthName } from "./depth/experiments.ts";
import { DERIVATIVES, type DerivativeExperiment } from "./derivatives/experiments.ts";
import { NETWORKS, type NetworkExperiment } from "./networks/experiments.ts";
import { STRUCTURES, type StructureExperiment } from "./structures/experiments.ts";

export type NndlName =
  | ActivationExperiment
  | NetworkExperiment
  | DerivativeExperiment
  | DepthName
  | StructureExperiment;

export const NNDL: Readonly<Record<NndlName, Experiment>> = experimentTable({
  ...ACTIVATIONS,
  ...NETWORKS,
  ...DERIVATIVES,
  ...DEPTH,
  ...STRUCTURES,
});
