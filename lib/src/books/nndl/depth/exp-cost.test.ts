import { expect, it } from "vitest";
import { claims } from "./exp-cost.ts";

it("judges derivatives, and never a time", () => {
  const found = claims({ elements: 1_000, rounds: 1 });
  expect(found.map(({ holds }) => holds)).toEqual([true, true, null, null, null, null]);
  for (const { actual } of found.slice(2)) expect(actual).toBeGreaterThan(0);
});
