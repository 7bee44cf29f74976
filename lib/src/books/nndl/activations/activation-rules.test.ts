import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { claims, train } from "./activation-rules.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("moves the first layer of a net that has slopes", () => {
  expect(train("sin", { steps: 3 }).firstMoved).toBeGreaterThan(0.01);
});
