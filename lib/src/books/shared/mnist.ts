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
  const pixels = scaled(new Float32Array(x.data.subarray(0, count * 784)), 255);
  return {
    images: fromData(pixels, [count, 784]),
    labels: Array.from(y.data.subarray(0, count)),
  };
}

/** The pixels of the first images as network2 has them, from 0 to 255 / 256. */
export function network2Pixels({ x }: Mnist["train"], count: number): Float64Array {
  return scaled(new Float64Array(x.data.subarray(0, count * 784)), 256);
}

/** In a loop: to map them in Float32Array.from takes thirty times as long. */
function scaled<A extends Float32Array | Float64Array>(pixels: A, one: number): A {
  for (let i = 0; i < pixels.length; i++) pixels[i] = pixels[i]! / one;
  return pixels;
}

/** The first examples, or all where there are no more. */
export function firstExamples(examples: Examples, most: number): Examples {
  const count = examples.x.shape[0]!;
  return most < count ? splitExamples(examples, [most, count - most])[0]! : examples;
}
