// The books' experiments as programs, beside the numbers that the books print.

import "../tensor/methods.ts";

export * as algorithm41 from "./algorithm41.ts";
export * as batchSizes from "./batch-sizes.ts";
export * as biasShift from "./bias-shift.ts";
export { above, atLeast, below, between } from "./bounds.ts";
export * as bpEquations from "./bp-equations.ts";
export * as bumps from "./bumps.ts";
export { type Claim, claim, decimals, showClaims } from "./claim.ts";
export {
  EXPERIMENTS,
  type Experiment,
  type ExperimentName,
  experimentNames,
  type Sources,
  unknownExperiment,
} from "./experiments.ts";
export * as fourOutputs from "./four-outputs.ts";
export * as gates from "./gates.ts";
export * as graph48 from "./graph48.ts";
export * as iris from "./iris.ts";
export * as linearCollapse from "./linear-collapse.ts";
export * as mazur from "./mazur.ts";
export * as micrograd from "./micrograd.ts";
export type { Mnist } from "./mnist.ts";
export { Mt19937, NumpyRandom, PythonRandom } from "./mt19937.ts";
export { type Network2Epoch, type Network2Options, runNetwork2 } from "./network2.ts";
export {
  decodeNetwork2,
  encodeNetwork2,
  NETWORK2_COSTS,
  type Network2,
  type Network2Cost,
} from "./network2-json.ts";
export { compareEpoch, NETWORK2_RUNS } from "./network2-numbers.ts";
export * as saturation from "./saturation.ts";
export * as softmax from "./softmax.ts";
export * as surface49 from "./surface49.ts";
export * as vanishing from "./vanishing.ts";
export * as xor from "./xor.ts";
