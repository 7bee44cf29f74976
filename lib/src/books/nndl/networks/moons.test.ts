import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { claims, parts, train } from "./moons.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("has the book's parts", () => {
  expect(parts(0.5, 1).map(({ x }) => x.shape)).toEqual([
    [640, 2],
    [160, 2],
    [200, 2],
  ]);
});

it("descends from a random start", () => {
  const { costs } = train("random", { epochs: 50 });
  expect(costs.at(-1)).toBeLessThan(costs[0]!);
});
