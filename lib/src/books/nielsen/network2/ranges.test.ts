import { describe, expect, it } from "vitest";
import type { Network2Epoch, Network2Options } from "./network2.ts";
import { compareRange, UNSEEDED_RUNS } from "./ranges.ts";

const CHAPTER1: Network2Options = {
  sizes: [784, 30, 10],
  cost: "quadratic",
  init: "large",
  eta: 3,
  lambda: 0,
  miniBatch: 10,
  epochs: 30,
  train: 50_000,
  monitor: "test",
  seed: 7,
};

const epochsOf = (...correct: number[]): Network2Epoch[] =>
  correct.map((evaluationCorrect, epoch) => ({
    epoch,
    evaluationCost: 1,
    evaluationCorrect,
    trainingCost: 1,
    trainingCorrect: 0,
  }));

const thirty = (best: number) => epochsOf(...Array.from({ length: 29 }, () => 9000), best);

describe("the book's figures without a seed", () => {
  it("hold within a point of the best epoch, whatever the seed", () => {
    expect(compareRange(CHAPTER1, thirty(9500))).toMatchObject({
      name: "percent right in the best epoch",
      expected: "95.42 (94.42 to 96.42)",
      actual: 95,
      holds: true,
      note: expect.stringMatching(/^range: the book prints 95\.42 % \(chapter 1\)/),
    });
    expect(compareRange(CHAPTER1, thirty(9441))).toMatchObject({ holds: false });
    expect(compareRange(CHAPTER1, thirty(9643))).toMatchObject({ holds: false });
  });
  it("look at the epochs of the book alone", () => {
    expect(compareRange(CHAPTER1, [...thirty(9500), ...epochsOf(9900)])).toMatchObject({
      actual: 95,
    });
  });
  it("give no verdict on a shorter run", () => {
    expect(compareRange(CHAPTER1, epochsOf(8000))).toMatchObject({ actual: 80, holds: null });
  });
  it("are none of another run", () => {
    expect(compareRange({ ...CHAPTER1, eta: 2 }, thirty(9500))).toBeNull();
    expect(compareRange({ ...CHAPTER1, sizes: [784, 31, 10] }, thirty(9500))).toBeNull();
    expect(compareRange(CHAPTER1, [])).toBeNull();
  });
  it("are one for each run: no two have the same arguments", () => {
    const known = UNSEEDED_RUNS.map(({ options }) =>
      JSON.stringify(Object.entries(options).sort()),
    );
    expect(new Set(known).size).toBe(known.length);
    expect(known.length).toBe(23);
  });
  it("hold the last epoch where the book prints that", () => {
    const slow = { ...CHAPTER1, sizes: [784, 100, 10], eta: 0.001 };
    expect(compareRange(slow, thirty(2000))).toMatchObject({ actual: 20, holds: true });
    expect(compareRange(slow, thirty(900))).toMatchObject({ holds: false });
  });
});
