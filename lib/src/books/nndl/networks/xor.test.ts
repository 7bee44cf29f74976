import { expect, it } from "vitest";
import { claims, train } from "./xor.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("gives the same net for the same seed, and another for another", () => {
  const run = (seed: number) => train({ hidden: 2, seed, steps: 20 }).outputs;
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
});

it("descends", () => {
  const { costs } = train({ hidden: 3, steps: 200 });
  expect(costs).toHaveLength(200);
  expect(costs.at(-1)).toBeLessThan(costs[0]!);
});
