import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { claims, fitTo } from "./capacity.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("counts what the net learns", () => {
  expect(fitTo(10, { hidden: 7, steps: 1 }).parameters).toBe(7 * 3 + 8);
});
