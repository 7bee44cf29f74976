// The books' experiments as programs, beside the numbers that the books print.

import "../runtime/interpreter/default-engine.ts";
import "../tensor/methods.ts";

export {
  EXPERIMENTS,
  type ExperimentName,
  experimentNames,
  unknownExperiment,
} from "./experiments.ts";
export * as mazur from "./mazur/mazur.ts";
export * as micrograd from "./micrograd/micrograd.ts";
export * as bpEquations from "./nielsen/bp-equations.ts";
export * as bumps from "./nielsen/bumps.ts";
export * as fourOutputs from "./nielsen/four-outputs.ts";
export * as gates from "./nielsen/gates.ts";
export {
  decodeNetwork2,
  encodeNetwork2,
  NETWORK2_COSTS,
  type Network2,
  type Network2Cost,
} from "./nielsen/network2/json.ts";
export {
  type Network2Epoch,
  type Network2Options,
  runNetwork2,
} from "./nielsen/network2/network2.ts";
export { compareEpoch, NETWORK2_RUNS } from "./nielsen/network2/numbers.ts";
export { compareRange, UNSEEDED_RUNS } from "./nielsen/network2/ranges.ts";
export * as perceptron from "./nielsen/perceptron.ts";
export * as saturation from "./nielsen/saturation.ts";
export * as softmaxOutputs from "./nielsen/softmax.ts";
export * as vanishing from "./nielsen/vanishing.ts";
export * as algorithm41 from "./nndl/algorithm41.ts";
export * as batchSizes from "./nndl/batch-sizes.ts";
export * as biasShift from "./nndl/bias-shift.ts";
export * as graph48 from "./nndl/graph48.ts";
export * as iris from "./nndl/iris.ts";
export * as linearCollapse from "./nndl/linear-collapse.ts";
export * as surface49 from "./nndl/surface49.ts";
export * as xorNets from "./nndl/xor.ts";
export * as xorMinima from "./nndl/xor-minima.ts";
export { above, atLeast, below, between } from "./shared/bounds.ts";
export { type Claim, claim, claimedNumber, decimals, showClaims } from "./shared/claim.ts";
export type { CurveAxis, CurveSeries, Curves } from "./shared/curves.ts";
export type { Experiment, ExperimentProgram, FullProgram } from "./shared/experiment.ts";
export { type FullRun, once, type Store, type Work } from "./shared/full-run.ts";
export type { Mnist } from "./shared/mnist.ts";
export { Mt19937, NumpyRandom, PythonRandom } from "./shared/mt19937.ts";
export type { ExperimentPoint, Parameter, ParameterValue } from "./shared/parameters.ts";
export type { ExperimentRun, Sources } from "./shared/run.ts";
