import { expect, it } from "vitest";
import { bestDirection, changeOf, claims, costsFrom, curves } from "./gradient-descent.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("steps down the gradient (2 v1, 2 v2)", () => {
  expect(costsFrom([3, -1], 0.25, 1)).toEqual([10, 2.5]);
  const { promised, real } = changeOf([3, -1], 0.25);
  expect([promised, real]).toEqual([-10, -7.5]);
});

it("finds the way down from anywhere", () => {
  expect(bestDirection([0.2, -3])).toBe(180);
});

it("draws the rates that were asked for", () => {
  const names = curves({ eta: 0.2, large: 3 })[0]!.series.map(({ name }) => name);
  expect(names[0]).toBe("eta 0.2");
  expect(names.at(-1)).toBe("eta 3");
});
