import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { claims, parametersOf } from "./forward-reverse.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("counts weights and biases", () => {
  expect(parametersOf([100, 64, 10])).toBe(7114);
});
