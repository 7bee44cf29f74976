import { expect, it } from "vitest";
import { facesOf } from "./heights.ts";

const map = {
  cells: 3,
  kind: "signed",
  values: Float32Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0),
} as const;

it("draws a hill from the back to the front, its top highest", () => {
  const faces = facesOf(map, { around: 0, up: 0.5 }, 300);
  expect(faces).toHaveLength(4);
  expect(faces.map(({ value }) => value)).toEqual([0.25, 0.25, 0.25, 0.25]);
  const [back, front] = [faces[0]!, faces[3]!];
  const heightOf = ({ corners }: typeof back) => corners.reduce((sum, [, y]) => sum + y, 0);
  // On the screen y grows downwards: what is behind stands higher.
  expect(heightOf(back)).toBeLessThan(heightOf(front));
  const top = faces.flatMap(({ corners }) => corners).find(([x]) => x === 150)!;
  expect(Math.min(...faces.flatMap(({ corners }) => corners.map(([, y]) => y)))).toBeLessThan(150);
  expect(top[1]).toBeLessThan(150);
});

it("turns around: after half a turn left is right", () => {
  const slope = { ...map, values: Float32Array.of(-1, 0, 1, -1, 0, 1, -1, 0, 1) };
  const before = facesOf(slope, { around: 0, up: 0.5 }, 300);
  const after = facesOf(slope, { around: Math.PI, up: 0.5 }, 300);
  const leftmost = (faces: typeof before) =>
    faces.reduce((best, face) => (face.corners[0]![0] < best.corners[0]![0] ? face : best)).value;
  expect(leftmost(before)).toBe(-0.5);
  expect(leftmost(after)).toBe(0.5);
});
