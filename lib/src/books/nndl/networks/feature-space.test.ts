import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { claims, curves, spaces } from "./feature-space.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("finds no line where the net has ended in a trap", () => {
  expect(spaces({ seed: 0 }).trained.line).toBe(null);
});

it("draws two points of each class", () => {
  for (const { series } of curves({ steps: 5 })) {
    expect(series.map(({ points }) => points.length)).toEqual([2, 2]);
  }
});
