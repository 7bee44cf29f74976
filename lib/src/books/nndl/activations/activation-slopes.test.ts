import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { sigmoid } from "../../../tensor/elementwise.ts";
import { claims, factorOfLayer, firstFlat } from "./activation-slopes.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("finds where the numbers of each kind run out", () => {
  expect(firstFlat(sigmoid, "float64")).toBe(37);
  expect(firstFlat((x) => x, "float32")).toBe(Number.POSITIVE_INFINITY);
});

it("takes the mean factor of hidden layers, without the output's", () => {
  expect(factorOfLayer([1, 2, 4, 100])).toBe(0.5);
});
