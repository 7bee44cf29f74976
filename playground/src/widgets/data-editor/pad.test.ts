import { expect, it } from "vitest";
import { MOST_POINTS, moved, nearestPoint, placeAt, withoutNearest, withPoint } from "./pad.ts";

const points = [
  { x: [0, 0], y: 0 },
  { x: [0.3, 0], y: 1 },
];

it("knows where a place of the pad is", () => {
  expect(placeAt(0.5, 0.5)).toEqual([0, 0]);
  expect(placeAt(0, 0)).toEqual([-6, 6]);
  expect(placeAt(2, 0.75)).toEqual([6, -3]);
  expect(moved([0, 5.9], [0, 1], 10)).toEqual([0, 6]);
});

it("adds points, and takes the nearest away", () => {
  expect(withPoint(points, [1, 2], 1)).toEqual([...points, { x: [1, 2], y: 1 }]);
  expect(nearestPoint(points, [0.2, 0])).toBe(1);
  expect(withoutNearest(points, [0.1, 0])).toEqual([points[1]]);
  expect(withoutNearest(points, [3, 3])).toBe(points);
  const full = Array.from({ length: MOST_POINTS }, () => points[0]!);
  expect(withPoint(full, [1, 1], 0)).toBe(full);
});
