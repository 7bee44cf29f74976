// The books' experiments by name, each of which sets its numbers beside ours.

import { expectArgument, text } from "../checks/arguments.ts";
import type { ArgumentError } from "../checks/errors.ts";
import { unknownName } from "../checks/nearest.ts";
import { NIELSEN, type NielsenName } from "./nielsen/experiments.ts";
import { NNDL, type NndlName } from "./nndl/experiments.ts";
import { type Experiment, experimentTable } from "./shared/experiment.ts";

/** Sources of a single experiment. */
const OTHERS = experimentTable({
  mazur: {
    title: "A worked example of backpropagation",
    source: "Mazur (2015)",
    seconds: 0.8,
    load: () => import("./mazur/mazur.ts"),
  },
  micrograd: {
    title: "The expression in micrograd's README",
    source: "Karpathy, micrograd",
    seconds: 0.1,
    load: () => import("./micrograd/micrograd.ts"),
  },
});

/** The experiments that a name can say. */
export type ExperimentName = NielsenName | NndlName | "mazur" | "micrograd";

/** The books' experiments by name; each sets the numbers that a book prints beside ours. */
export const EXPERIMENTS: Readonly<Record<ExperimentName, Experiment>> = {
  ...NIELSEN,
  ...NNDL,
  ...OTHERS,
};

/** All names, book by book. */
export function experimentNames(): ExperimentName[] {
  return Object.keys(EXPERIMENTS) as ExperimentName[];
}

/** The error for a name that is not among them, with the nearest that is. */
export function unknownExperiment(name: string, others: readonly string[] = []): ArgumentError {
  expectArgument("unknownExperiment", "name", name, text);
  return unknownName("experiment", name, [...experimentNames(), ...others]);
}
