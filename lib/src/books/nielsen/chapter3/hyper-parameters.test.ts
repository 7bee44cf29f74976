import { describe, expect, it } from "vitest";
import { DIGITS, offOf } from "../../shared/digits.testing.ts";
import { claims, thresholdRate, trial } from "./hyper-parameters.ts";

it("holds what the book says, with less patience", async () => {
  const run = await claims({ patience: 4 }, DIGITS);
  expect(offOf(run)).toEqual([]);
});

describe("thresholdRate", () => {
  it.each([0.00013, 0.01, 0.5, 77])("finds the power of ten at or below %d", (limit) => {
    const found = thresholdRate((eta) => eta <= limit);
    expect(found).toBe(Number(`1e${Math.floor(Math.log10(limit))}`));
  });
});

it("asks only the first validation images", async () => {
  const point = { train: 100, monitor: 10, epochs: 2, seed: 1 };
  const right = trial(await DIGITS.mnist(), { eta: 1, lambda: 0 }, point);
  expect(right).toHaveLength(2);
  for (const count of right) expect(count).toBeLessThanOrEqual(10);
});
