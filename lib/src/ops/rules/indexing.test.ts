// Reading and adding rows: order, repeated indices, and the refusal of indices out of range.

import { expect, test } from "vitest";
import { ArgumentError } from "../../checks/errors.ts";
import { allocate } from "../../ir/dtype.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
import type { ArrayMeaning, NdArray } from "../define.ts";
import { gather } from "./indexing.ts";
import { scatterAdd } from "./scatter.ts";

function array(shape: readonly number[], elements: readonly number[]): NdArray {
  return { dtype: "float64", shape, data: Float64Array.from(elements) };
}

function places(shape: readonly number[], elements: readonly number[]): NdArray {
  return { dtype: "int32", shape, data: Int32Array.from(elements) };
}

function empty({ dtype, shape }: TensorType): NdArray {
  return { dtype, shape, data: allocate(dtype, sizeOf(shape)) };
}

const run = () => [];

function read(x: NdArray, indices: NdArray): NdArray {
  const out = empty(gather.type([x, indices], null) as TensorType);
  (gather.meaning as ArrayMeaning<"gather">).eval([x, indices], [out], { params: null, run });
  return out;
}

function addAt(indices: NdArray, updates: NdArray, size: number): NdArray {
  const params = { size };
  const out = empty(scatterAdd.type([indices, updates], params) as TensorType);
  const { eval: fill } = scatterAdd.meaning as ArrayMeaning<"scatterAdd">;
  fill([indices, updates], [out], { params, run });
  return out;
}

test("gather reads rows", () => {
  const x = array([3, 2], [1, 2, 3, 4, 5, 6]);
  const y = read(x, places([2, 2], [2, 0, 1, 2]));
  expect(y.shape).toEqual([2, 2, 2]);
  expect([...y.data]).toEqual([5, 6, 1, 2, 3, 4, 5, 6]);
  expect(read(x, places([], [1])).shape).toEqual([2]);
});

test("scatterAdd adds rows, repeated ones too", () => {
  const y = addAt(places([3], [2, 0, 2]), array([3, 2], [1, 2, 3, 4, 5, 6]), 4);
  expect(y.shape).toEqual([4, 2]);
  expect([...y.data]).toEqual([3, 4, 0, 0, 6, 8, 0, 0]);
});

test("scatterAdd into float32 rounds once", () => {
  const updates: NdArray = {
    dtype: "float32",
    shape: [3],
    data: Float32Array.of(2 ** 24, 1, 1),
  };
  expect([...addAt(places([3], [0, 0, 0]), updates, 1).data]).toEqual([2 ** 24 + 2]);
});

test("an index out of range is refused in words", () => {
  const x = array([10], new Array(10).fill(0));
  const message = "gather: index 12 is out of range for an axis of 10";
  expect(() => read(x, places([2], [3, 12]))).toThrow(new ArgumentError(message));
  expect(() => read(x, places([], [-1]))).toThrow("gather: index -1 is out of range");
  expect(() => read(array([0, 2], []), places([1], [0]))).toThrow("an axis of 0");
  expect(() => addAt(places([1], [4]), array([1], [1]), 4)).toThrow(
    "scatterAdd: index 4 is out of range for an axis of 4",
  );
});

test("operands that do not fit are refused in words", () => {
  expect(() => gather.type([array([], [1]), places([], [0])], null)).toThrow(
    "gather: expected an axis to index, received float64[]",
  );
  expect(() => gather.type([array([1], [1]), array([1], [0])], null)).toThrow(
    "gather: expected int32, received float64[1]",
  );
  const types = [places([2, 3], []), array([3, 2, 4], [])] as [NdArray, NdArray];
  expect(() => scatterAdd.type(types, { size: 4 })).toThrow(
    "scatterAdd: expected updates that start with the shape of indices [2, 3], received [3, 2, 4]",
  );
});
