// MNIST from its four IDX files.

import { expectOptions, type Kind, type Kinds } from "../checks/arguments.ts";
import { FileError } from "../checks/errors.ts";
import { type Bytes, isBytes } from "../formats/bytes.ts";
import type { StoredTensor } from "../formats/stored-tensor.ts";
import { showType } from "../ir/type.ts";
import type { Dataset, Examples } from "./dataset.ts";
import { readIdx } from "./idx-file.ts";

/** The four files, plain or gzipped. */
export interface MnistFiles {
  readonly trainImages: Bytes;
  readonly trainLabels: Bytes;
  readonly testImages: Bytes;
  readonly testLabels: Bytes;
}

const FILE: Kind<Bytes> = { says: "the bytes of a file", fits: isBytes };
const FILES: Kinds<MnistFiles> = {
  trainImages: FILE,
  trainLabels: FILE,
  testImages: FILE,
  testLabels: FILE,
};

/** Height and width of a digit, in pixels. */
export const MNIST_SIDE = 28;
const CLASSES = 10;

/**
 * MNIST, or a set in its shape: x uint8 [n, 784] with values 0 to 255, y int32 [n] with digits.
 * @throws FileError (as a rejection) naming the file, when one is corrupt or two do not agree
 */
export async function mnistFromFiles(files: MnistFiles): Promise<Dataset> {
  expectOptions("mnistFromFiles", files, FILES, [
    "trainImages",
    "trainLabels",
    "testImages",
    "testLabels",
  ]);
  const train = await readExamples(files, "trainImages", "trainLabels");
  const test = await readExamples(files, "testImages", "testLabels");
  return { name: "mnist", classes: CLASSES, train, test };
}

async function readExamples(
  files: MnistFiles,
  imagesName: "trainImages" | "testImages",
  labelsName: "trainLabels" | "testLabels",
): Promise<Examples> {
  const images = await read(files, imagesName);
  const labels = await read(files, labelsName);
  const [count, height, width] = images.shape;
  if (
    images.dtype !== "uint8" ||
    images.shape.length !== 3 ||
    height !== MNIST_SIDE ||
    width !== MNIST_SIDE
  ) {
    refuse(
      imagesName,
      `expected uint8[n, ${MNIST_SIDE}, ${MNIST_SIDE}], received ${showType(images)}`,
    );
  }
  if (labels.dtype !== "uint8" || labels.shape.length !== 1) {
    refuse(labelsName, `expected uint8[n], received ${showType(labels)}`);
  }
  if (count !== labels.shape[0]) {
    refuse(labelsName, `expected ${count} labels for ${imagesName}, received ${labels.shape[0]}`);
  }
  const bad = labels.data.findIndex((label) => label >= CLASSES);
  if (bad >= 0) refuse(labelsName, `label ${bad} is ${labels.data[bad]}, expected 0 to 9`);
  return {
    x: { dtype: "uint8", shape: [count!, MNIST_SIDE * MNIST_SIDE], data: images.data },
    y: { dtype: "int32", shape: [count!], data: Int32Array.from(labels.data) },
  };
}

async function read(files: MnistFiles, name: keyof MnistFiles): Promise<StoredTensor> {
  try {
    return await readIdx(files[name]);
  } catch (cause) {
    if (!(cause instanceof FileError)) throw cause;
    throw new FileError(`mnist: ${name}: ${cause.message}`, { cause });
  }
}

function refuse(file: keyof MnistFiles, problem: string): never {
  throw new FileError(`mnist: ${file}: ${problem}`);
}
