// The books' experiments as programs, beside the numbers that the books print.

import "../train/whole.ts";
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
export * as batchSizes from "./nielsen/chapter1/batch-sizes.ts";
export * as fourOutputs from "./nielsen/chapter1/four-outputs.ts";
export * as gates from "./nielsen/chapter1/gates.ts";
export * as perceptron from "./nielsen/chapter1/perceptron.ts";
export * as bpEquations from "./nielsen/chapter2/bp-equations.ts";
export * as saturation from "./nielsen/chapter3/saturation.ts";
export * as softmaxOutputs from "./nielsen/chapter3/softmax.ts";
export * as bumps from "./nielsen/chapter4/bumps.ts";
export * as vanishing from "./nielsen/chapter5/vanishing.ts";
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
export * as biasShift from "./nndl/activations/bias-shift.ts";
export * as algorithm41 from "./nndl/derivatives/algorithm41.ts";
export * as graph48 from "./nndl/derivatives/graph48.ts";
export * as iris from "./nndl/networks/iris.ts";
export * as linearCollapse from "./nndl/networks/linear-collapse.ts";
export * as surface49 from "./nndl/networks/surface49.ts";
export * as xorNets from "./nndl/networks/xor.ts";
export * as xorMinima from "./nndl/networks/xor-minima.ts";
export { above, atLeast, below, between } from "./shared/bounds.ts";
export {
  type Claim,
  claim,
  claimedNumber,
  decimals,
  expectedOf,
  OWN_BOUNDS,
  showClaims,
} from "./shared/claim.ts";
export type { CurveAxis, CurveSeries, Curves } from "./shared/curves.ts";
export type { Experiment, ExperimentProgram, FullProgram } from "./shared/experiment.ts";
export { type FullRun, once, type Store, type Work } from "./shared/full-run.ts";
export type { Mnist } from "./shared/mnist.ts";
export { Mt19937, NumpyRandom, PythonRandom } from "./shared/mt19937.ts";
export type { ExperimentPoint, Parameter, ParameterValue } from "./shared/parameters.ts";
export type { ExperimentRun, Sources } from "./shared/run.ts";
