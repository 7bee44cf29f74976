// Tensors that cannot be written are refused in words.

import { describe, expect, it } from "vitest";
import { ArgumentError } from "../checks/errors.ts";
import type { DType } from "../ir/dtype.ts";
import { countElements, expectStorable, type StoredTensor } from "./stored-tensor.ts";

describe("expectStorable", () => {
  it.each<[string, StoredTensor, string]>([
    [
      "an unknown dtype",
      { dtype: "int8" as DType, shape: [1], data: new Uint8Array(1) },
      't: expected a dtype of float32, float64, int32, uint8, bool, received "int8"',
    ],
    [
      "a negative axis",
      { dtype: "uint8", shape: [-1], data: new Uint8Array(1) },
      "t: [-1] is not a shape",
    ],
    [
      "an axis that is not whole",
      { dtype: "uint8", shape: [0.5, 2], data: new Uint8Array(1) },
      "t: [0.5, 2] is not a shape",
    ],
    [
      "the wrong kind of array",
      { dtype: "float32", shape: [1], data: new Float64Array(1) },
      "t: a float32 tensor cannot keep its data in this kind of array",
    ],
    [
      "too few elements",
      { dtype: "int32", shape: [2, 3], data: new Int32Array(5) },
      "t: expected 6 elements for int32[2, 3], received 5",
    ],
    [
      "a boolean of 2",
      { dtype: "bool", shape: [2], data: Uint8Array.of(1, 2) },
      "t: expected booleans 0 or 1, received 2",
    ],
  ])("refuses %s", (_, tensor, message) => {
    expect(() => expectStorable("t", tensor)).toThrow(new ArgumentError(message));
  });
});

it("countElements counts exactly or not at all", () => {
  expect(countElements([])).toBe(1);
  expect(countElements([2 ** 40, 2 ** 40, 0])).toBe(0);
  expect(countElements([2 ** 27, 2 ** 26])).toBeUndefined();
});
