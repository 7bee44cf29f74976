// Data sets, and what they are made with; for browsers too. Node's own are in ./node.

export {
  countExamples,
  type Dataset,
  type Examples,
  pickExamples,
  splitExamples,
} from "./dataset.ts";
export { type GunzipOptions, gunzip, isGzip } from "./gzip.ts";
export { readIdx } from "./idx-file.ts";
export { type MnistFiles, mnistFromFiles } from "./mnist.ts";
export { Rng, type Shufflable } from "./random.ts";
export {
  circles,
  gaussians,
  moons,
  quadrants,
  regressionGaussian,
  regressionPlane,
  SYNTHETIC_SETS,
  type SyntheticOptions,
  type SyntheticSet,
  spirals,
} from "./synthetic.ts";
export { xor } from "./truth-table.ts";
