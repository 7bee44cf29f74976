// More examples out of those that there are: shifted copies.

import { count, expectArgument } from "../../checks/arguments.ts";
import { allocate } from "../../ir/dtype.ts";
import { countExamples, type Examples } from "../dataset.ts";
import { sidesOf } from "./pictures.ts";

/**
 * The examples, then all of them moved up, down, left and right by some pixels, with 0 where nothing was: five
 * times as many. By one pixel Nielsen makes 250,000 of MNIST's 50,000 (chapter 6, expand_mnist.py).
 * @throws ArgumentError for what are no pictures
 */
export function expandShifts(examples: Examples, pixels = 1): Examples {
  const rows = countExamples(examples);
  const { x, y } = examples;
  const { height, width, channels } = sidesOf("expandShifts", x);
  expectArgument("expandShifts", "pixels", pixels, count);
  const size = height * width * channels;
  const moves = [
    [0, 0],
    [-pixels, 0],
    [pixels, 0],
    [0, -pixels],
    [0, pixels],
  ] as const;
  const data = allocate(x.dtype, moves.length * x.data.length);
  moves.forEach(([down, right], copy) => {
    const [from, to] = [Math.max(0, -right), width - Math.max(0, right)];
    if (from >= to) return;
    for (let picture = 0; picture < rows; picture++) {
      for (let row = Math.max(0, down); row < Math.min(height, height + down); row++) {
        const old = picture * size + (row - down) * width * channels;
        const next = (copy * rows + picture) * size + row * width * channels;
        const line = x.data.subarray(old + from * channels, old + to * channels);
        data.set(line, next + (from + right) * channels);
      }
    }
  });
  const targets = allocate(y.dtype, moves.length * y.data.length);
  moves.forEach((_, copy) => {
    targets.set(y.data, copy * y.data.length);
  });
  const times = (shape: readonly number[]) => [moves.length * rows, ...shape.slice(1)];
  return {
    x: { dtype: x.dtype, shape: times(x.shape), data },
    y: { dtype: y.dtype, shape: times(y.shape), data: targets },
  };
}
