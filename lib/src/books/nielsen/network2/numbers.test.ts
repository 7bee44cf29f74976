import { describe, expect, it } from "vitest";
import type { Network2Options } from "./network2.ts";
import { compareEpoch } from "./numbers.ts";

const options: Network2Options = {
  sizes: [784, 30, 10],
  cost: "cross-entropy",
  init: "large",
  eta: 0.5,
  lambda: 0,
  miniBatch: 10,
  epochs: 400,
  train: 1000,
  monitor: "test",
  seed: 12345678,
};
const epoch = {
  epoch: 0,
  evaluationCost: 2.076277232332908,
  evaluationCorrect: 5887,
  trainingCost: 1.8433647860328504,
  trainingCorrect: 689,
};

describe("compareEpoch", () => {
  it("sets every figure that the book prints beside ours", () => {
    const marks = compareEpoch(options, epoch).map(({ name, holds }) => [name, holds]);
    expect(marks).toEqual([
      ["evaluationCost", true],
      ["evaluationCorrect", true],
      ["trainingCost", true],
      ["trainingCorrect", false],
    ]);
    expect(compareEpoch(options, { ...epoch, epoch: 1 })).toHaveLength(1);
    expect(compareEpoch(options, { ...epoch, epoch: 2 })).toEqual([]);
  });
  it("knows nothing of other runs", () => {
    const others: Partial<Network2Options>[] = [
      { seed: 1 },
      { sizes: [784, 100, 10] },
      { miniBatch: 20 },
      { cost: "quadratic" },
      { monitor: "validation" },
    ];
    for (const other of others) expect(compareEpoch({ ...options, ...other }, epoch)).toEqual([]);
  });
});
