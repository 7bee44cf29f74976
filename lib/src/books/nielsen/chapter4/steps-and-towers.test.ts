import { expect, it } from "vitest";
import { claims, curves } from "./steps-and-towers.ts";

it("holds what the book says", async () => {
  // Training from the built net beats five bumps within few steps; from scratch it takes longer.
  expect((await claims({ steps: 200 })).filter(({ holds }) => !holds)).toEqual([]);
});

it("has its step at -b / w", async () => {
  const [place, width] = await claims({ w: 50, b: -10, steps: 1 });
  expect(place!.actual).toBeCloseTo(0.2, 9);
  expect(width!.actual).toBeCloseTo((2 * Math.log(99)) / 50, 9);
});

it("draws the goal and three nets", async () => {
  const [picture] = await curves({ steps: 1 });
  expect(picture!.series.map(({ points }) => points.length)).toEqual([200, 200, 200, 200]);
});
