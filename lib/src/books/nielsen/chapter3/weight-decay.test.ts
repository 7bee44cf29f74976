import { expect, it } from "vitest";
import { DIGITS, offOf } from "../../shared/digits.testing.ts";
import { angleBetween, claims, shrunkBy } from "./weight-decay.ts";

it("holds what the book says, and draws both runs", async () => {
  const run = await claims({ epochs: 3, train: 500 }, DIGITS);
  expect(offOf(run)).toEqual([]);
  expect(run.curves!.map(({ series }) => series.map(({ points }) => points.length))).toEqual([
    [3, 3],
    [3, 3],
  ]);
});

it("has one and the same run twice where lambda is 0", async () => {
  const { claims: found } = await claims({ epochs: 1, train: 100, lambda: 0 }, DIGITS);
  expect(found.slice(2).map(({ actual }) => actual)).toEqual([1, 1]);
});

it("measures angles in degrees", () => {
  expect(angleBetween([1, 0], [1, 1])).toBeCloseTo(45, 12);
  expect(angleBetween([1, 2], [2, 4])).toBeCloseTo(0, 5);
});

it("shrinks by 1 - eta lambda / n", () => {
  expect(shrunkBy(3)).toBeCloseTo((1 - (0.5 * 5) / 50_000) ** 3, 14);
});
