// Rows are copied element by element or by the runtime, as long as they are, with the same result.

import { expect, test } from "vitest";
import { copyRow } from "./strided.ts";

test.each([
  [0, 1],
  [1, 1],
  [2, 1],
  [-1, 1],
  [1, 3],
])("rows of any length, from every %i-th element to every %i-th", (stepFrom, stepTo) => {
  const from = Float32Array.from({ length: 200 }, (_, i) => i + 1);
  const wrong: number[] = [];
  for (let length = 0; length <= 60; length++) {
    const [copied, expected] = [new Float32Array(200), new Float32Array(200)];
    copyRow(from, 70, stepFrom, copied, 5, stepTo, length);
    for (let i = 0; i < length; i++) expected[5 + i * stepTo] = from[70 + i * stepFrom]!;
    if (copied.some((x, i) => x !== expected[i])) wrong.push(length);
  }
  expect(wrong).toEqual([]);
});
