// Ties, NaN and infinities: what argsort and argmax promise beyond the obvious.

import { expect, test } from "vitest";
import { allocate } from "../../../ir/dtype.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import type { ArrayMeaning, NdArray } from "../../define.ts";
import { argmax } from "./argmax.ts";
import { argsort } from "./argsort.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

function array(shape: readonly number[], elements: readonly number[]): NdArray {
  return { dtype: "float64", shape, data: Float64Array.from(elements) };
}

function empty({ dtype, shape }: TensorType): NdArray {
  return { dtype, shape, data: allocate(dtype, sizeOf(shape)) };
}

const run = () => [];

function sorted(x: NdArray, axis: number, descending = false): number[] {
  const params = { axis, descending };
  const out = empty(argsort.type([x], params) as TensorType);
  (argsort.meaning as ArrayMeaning<"argsort">).eval([x], [out], { params, run });
  return [...out.data];
}

function best(x: NdArray, axis: number): number[] {
  const params = { axis };
  const out = empty(argmax.type([x], params) as TensorType);
  (argmax.meaning as ArrayMeaning<"argmax">).eval([x], [out], { params, run });
  return [...out.data];
}

test("argsort is stable in both directions, and NaN is last in both", () => {
  const x = array([8], [2, nan, 1, 2, inf, nan, 1, -inf]);
  expect(sorted(x, 0)).toEqual([7, 2, 6, 0, 3, 4, 1, 5]);
  expect(sorted(x, 0, true)).toEqual([4, 0, 3, 2, 6, 7, 1, 5]);
});

test("argsort takes infinities that are equal, and zeros of both signs, as ties", () => {
  expect(sorted(array([4], [inf, -inf, inf, -inf]), 0)).toEqual([1, 3, 0, 2]);
  expect(sorted(array([4], [0, -0, 0, -0]), 0, true)).toEqual([0, 1, 2, 3]);
});

test("argsort and argmax run along any axis", () => {
  const x = array([2, 3], [3, 1, 2, 0, 5, 2]);
  expect(sorted(x, 0)).toEqual([1, 0, 0, 0, 1, 1]);
  expect(sorted(x, 1)).toEqual([1, 2, 0, 0, 2, 1]);
  expect(best(x, 0)).toEqual([0, 1, 0]);
  expect(best(x, 1)).toEqual([0, 1]);
  expect(best(array([2, 2, 2], [1, 2, 3, 0, 7, 6, 5, 8]), 1)).toEqual([1, 0, 0, 1]);
});

test("argmax: the first of equals wins, the first NaN wins over all", () => {
  expect(best(array([4], [1, 3, 3, 2]), 0)).toEqual([1]);
  expect(best(array([5], [1, inf, nan, inf, nan]), 0)).toEqual([2]);
  expect(best(array([2], [-inf, -inf]), 0)).toEqual([0]);
});

test("what does not fit is refused in words", () => {
  expect(() => argmax.type([array([0, 3], [])], { axis: 0 })).toThrow(
    "argmax: [0, 3] has no elements along axis 0",
  );
  expect(() => argsort.type([array([0, 3], [])], { axis: 2, descending: false })).toThrow(
    "argsort: axis 2 is out of range for [0, 3]",
  );
});
