// Data sets, and what they are made with; for browsers too. Node's own are in ./node.

export { type GunzipOptions, gunzip, isGzip } from "../formats/gzip.ts";
export {
  type AugmentedOptions,
  type AugmentOptions,
  augment,
  augmented,
} from "./augment/augment.ts";
export { expandShifts } from "./augment/expand.ts";
export { cutmix, type MixupOptions, mixup } from "./augment/mix.ts";
export { arms, blobs, CLASS_SETS, rings } from "./classes.ts";
export {
  countExamples,
  type Dataset,
  type Examples,
  pickExamples,
  splitExamples,
} from "./dataset.ts";
export { type ExampleFold, type FoldOptions, kFold } from "./folds.ts";
export { readIdx } from "./idx-file.ts";
export { MNIST_SIDE, type MnistFiles, mnistFromFiles } from "./mnist.ts";
export type { ClassOptions, ClassSet, SyntheticOptions, SyntheticSet } from "./plane.ts";
export { Rng, type Shufflable } from "./random.ts";
export {
  type DataLoader,
  type DataLoaders,
  type DataRequest,
  dataNames,
  type FileLoader,
  type FileLoaders,
  loadData,
  type NamedDataset,
  type View,
} from "./registry.ts";
export {
  circles,
  gaussians,
  moons,
  quadrants,
  regressionGaussian,
  regressionPlane,
  regressionWaves,
  SYNTHETIC_SETS,
  spirals,
} from "./synthetic.ts";
export { xor } from "./truth-table.ts";
