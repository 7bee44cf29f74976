// Quantiles of plain numbers are those of tensors.

import { expect, it } from "vitest";
import { tensor } from "../create.ts";
import { quantile } from "./quantile.ts";
import { quantileOfSorted, sortedNumbers } from "./sorted.ts";

const values = [3, -1.5, 8, 2, 2, 40, 0.25];

it.each([0, 0.05, 0.25, 0.5, 0.8, 1])("gives the quantile of %d that tensors have", (share) => {
  const expected = quantile(tensor(values, "float64"), share).item();
  expect(quantileOfSorted(sortedNumbers(values), share)).toBeCloseTo(expected, 12);
});

it("leaves out NaN, and says NaN of nothing", () => {
  expect([...sortedNumbers([2, Number.NaN, -1, Number.NaN])]).toEqual([-1, 2]);
  expect(quantileOfSorted(sortedNumbers([Number.NaN]), 0.5)).toBeNaN();
  expect(quantileOfSorted([-Infinity, -Infinity, 3], 0.25)).toBe(-Infinity);
});
