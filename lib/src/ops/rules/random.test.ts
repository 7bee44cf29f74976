// randomBits lays threefry's words out in order, block by block.

import { expect, test } from "vitest";
import { threefry2x32 } from "../arithmetic/threefry.ts";
import type { ArrayMeaning, NdArray } from "../define.ts";
import { randomBits } from "./random.ts";

function words(shape: readonly number[], elements: readonly number[]): NdArray {
  return { dtype: "int32", shape, data: Int32Array.from(elements) };
}

function bits(key: NdArray, stream: NdArray, shape: readonly number[]): number[] {
  const type = randomBits.type([key, stream], { shape });
  const out = words((type as NdArray).shape, new Array(50).fill(0));
  const { eval: fill } = randomBits.meaning as ArrayMeaning<"randomBits">;
  fill([key, stream], [out], { params: { shape }, run: () => [] });
  return [...out.data];
}

test("pair j of a block is threefry(key, (j, stream)); an odd last word is dropped", () => {
  const expected = [0, 1, 2].flatMap((j) => threefry2x32(3, -4, j, 9)).slice(0, 5);
  expect(bits(words([2], [3, -4]), words([], [9]), [5]).slice(0, 6)).toEqual([...expected, 0]);
});

test("leading axes are blocks with keys and streams of their own", () => {
  const both = bits(words([2, 2], [1, 2, 3, 4]), words([2], [5, 6]), [3, 1]).slice(0, 6);
  const first = bits(words([2], [1, 2]), words([], [5]), [3, 1]).slice(0, 3);
  const second = bits(words([2], [3, 4]), words([], [6]), [3, 1]).slice(0, 3);
  expect(both).toEqual([...first, ...second]);
});

test("a key that does not match the streams is refused in words", () => {
  expect(() => randomBits.type([words([2], []), words([3], [])], { shape: [] })).toThrow(
    "randomBits: expected a key of two words a stream, [3, 2], received key [2] and stream [3]",
  );
});
