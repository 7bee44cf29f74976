import { expect, it } from "vitest";
import { claims } from "./quadratic-cost.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("has the factor outputs / 2", () => {
  const ratios = claims({ outputs: 3 }).slice(3);
  for (const { actual } of ratios) expect(actual).toBeCloseTo(1.5, 12);
});
