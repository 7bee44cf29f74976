import { expect, it } from "vitest";
import { claims, curves, scaledOutput, sigmoidXor } from "./sharp-sigmoid.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("multiplies weight and bias alike", () => {
  expect(scaledOutput(3, 0.5)).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 15);
  const s = (z: number) => 1 / (1 + Math.exp(-2 * z));
  expect(sigmoidXor(2)[1]).toBeCloseTo(s(2 * s(1) + 2 * s(1) - 3), 14);
});

it("draws a curve for each factor, and the step", () => {
  const [{ series }] = curves({ factor: 7 }) as [ReturnType<typeof curves>[number]];
  expect(series.map(({ name }) => name)).toEqual([
    "factor 1",
    "factor 5",
    "factor 7",
    "perceptron",
  ]);
});
