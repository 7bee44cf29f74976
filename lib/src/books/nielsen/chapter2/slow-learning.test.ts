import { expect, it } from "vitest";
import { tensor } from "../../../tensor/create.ts";
import { claims, weightGradients } from "./slow-learning.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("has the gradient (a - y) sigma' x", () => {
  const neuron = { w: tensor([1, 2], "float64"), b: tensor(0.5, "float64") };
  const a = 1 / (1 + Math.exp(-(0.3 + 0.8 + 0.5)));
  const [first, second] = weightGradients(neuron, [0.3, 0.4], 0.25);
  expect(first).toBeCloseTo((a - 0.25) * a * (1 - a) * 0.3, 15);
  expect(second).toBeCloseTo((a - 0.25) * a * (1 - a) * 0.4, 15);
});
