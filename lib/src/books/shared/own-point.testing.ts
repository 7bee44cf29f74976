// How an experiment is tried at another point than the book's.

import type { ExperimentPoint } from "./parameters.ts";

/**
 * What makes an experiment short, and another value for each of its parameters; or that it is not tried here,
 * since it reads the digits or takes too long.
 */
export type OwnPoint = readonly [short: ExperimentPoint, others: ExperimentPoint] | "not here";
