import { describe, expect, it } from "vitest";
import { answers, bestOnXor, claims, inputsOf, learn, TRUTH } from "./gates.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

describe("learn", () => {
  it("ends with the gate's own answers", () => {
    const { perceptron } = learn("nand");
    expect(answers("nand", perceptron)).toEqual(TRUTH.nand);
    expect(inputsOf("not")).toEqual([[0], [1]]);
  });
  it("repeats itself on exclusive or, and never has all rows right", () => {
    const { verdict, period, mistakes } = learn("xor");
    expect(verdict).toBe("cycles");
    expect(period).toBeGreaterThan(0);
    expect(Math.min(...mistakes)).toBeGreaterThan(0);
  });
});

it("bestOnXor counts right rows", () => {
  expect(bestOnXor([{ weights: [0, 0], bias: 1 }])).toBe(2);
  expect(bestOnXor([{ weights: [2, 2], bias: -1 }])).toBe(3);
});
