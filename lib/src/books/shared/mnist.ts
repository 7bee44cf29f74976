// The digits as the book's experiments take them.

import { type Dataset, type Examples, splitExamples } from "../../data/dataset.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";

/** The digits, as `loadMnist` gives them. */
export type Mnist = Pick<Dataset, "train" | "test">;

/** Images [n, 784] with values from 0 to 1, and their digits. */
export interface Digits {
  readonly images: Tensor;
  readonly labels: readonly number[];
}

/** The first examples of a part, as float32. */
export function firstDigits({ x, y }: Mnist["train"], count: number): Digits {
  const pixels = new Float32Array(x.data.subarray(0, count * 784));
  // Not by Float32Array.from, which takes a hundred times as long.
  for (let i = 0; i < pixels.length; i++) pixels[i] = pixels[i]! / 255;
  return {
    images: fromData(pixels, [count, 784]),
    labels: Array.from(y.data.subarray(0, count)),
  };
}

/** The first examples, or all where there are no more. */
export function firstExamples(examples: Examples, most: number): Examples {
  const count = examples.x.shape[0]!;
  return most < count ? splitExamples(examples, [most, count - most])[0]! : examples;
}
