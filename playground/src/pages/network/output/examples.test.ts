import { expect, it } from "vitest";
import { nearestExample, outputScale } from "./examples.ts";

const points = (x: number[], y: number[]) => ({
  count: y.length,
  x: Float32Array.from(x),
  y: Float32Array.from(y),
});

it("finds the example that is nearest to a place", () => {
  const train = points([0, 0, 1, 1, 0, 1], [0, 1, 2]);
  expect(nearestExample(train, 0.1, 0.8)).toBe(2);
  expect(nearestExample(train, 5, 5)).toBe(1);
});

it("colours values by the largest target, classes by their probability", () => {
  const train = points([0, 0, 1, 1], [-4, 2]);
  expect(outputScale({ classes: null, train })).toBe(4);
  expect(outputScale({ classes: 2, train })).toBe(1);
  expect(outputScale({ classes: null, train: points([0, 0], [0]) })).toBe(1);
});
