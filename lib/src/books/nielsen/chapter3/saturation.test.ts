import { describe, expect, it } from "vitest";
import { claims, train } from "./saturation.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
  expect(claim.tolerance).toBeLessThan(1e-2);
});

describe("train", () => {
  it("gives the output before every epoch and after the last", () => {
    const { outputs, w, b } = train({ epochs: 7 });
    expect(outputs).toHaveLength(8);
    expect(outputs[0]).toBeCloseTo(1 / (1 + Math.exp(-4)), 15);
    expect(outputs[7]).toBeCloseTo(1 / (1 + Math.exp(-(w + b))), 15);
  });
  it.each([
    ["quadratic", (a: number) => a * a * (1 - a)],
    ["crossEntropy", (a: number) => a],
    ["widget", (a: number) => 1 / (1 - a)],
  ] as const)("%s: takes dC/dz to the weight and to the bias", (cost, slope) => {
    const { outputs, w, b } = train({ cost, w: 0.6, b: 0.9, learningRate: 0.1, epochs: 1 });
    const step = 0.1 * slope(outputs[0]!);
    expect(w).toBeCloseTo(0.6 - step, 14);
    expect(b).toBeCloseTo(0.9 - step, 14);
  });
  it("learns from cross-entropy even where the output rounds to 1", () => {
    expect(train({ w: 30, b: 30, epochs: 1 }).w).toBeCloseTo(30 - 0.15, 12);
    expect(train({ cost: "quadratic", w: 30, b: 30, epochs: 1 }).w).toBe(30);
  });
});
