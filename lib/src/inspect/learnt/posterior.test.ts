import { describe, expect, it } from "vitest";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { gaussiansPosterior, posteriorGapOf } from "./posterior.ts";

/** sigmoid(w (x + y)) */
function logistic(w: number) {
  const model = sequential([inputLayer([2]), dense(1, { activation: "sigmoid" })]);
  model.layer("dense1")["w"]!.assign(tensor([[w], [w]]));
  return model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
}

describe("gaussiansPosterior", () => {
  it("is what Bayes makes of the two densities", () => {
    const noise = 0.2;
    const v = 0.5 + 7 * noise;
    const density = (x: number, y: number, c: number) =>
      Math.exp(-((x - c) ** 2 + (y - c) ** 2) / (2 * v));
    for (const [x, y] of [
      [0.3, -0.1],
      [1, 2],
      [-1.5, 0.7],
    ] as const) {
      const [one, zero] = [density(x, y, 2), density(x, y, -2)];
      expect(gaussiansPosterior(x, y, noise)).toBeCloseTo(one / (one + zero), 12);
    }
    expect(gaussiansPosterior(1, -1)).toBe(0.5);
  });
});

describe("posteriorGapOf", () => {
  it("is none for the logistic function that the posterior is", async () => {
    const gap = await posteriorGapOf(logistic(4 / 2.6), { noise: 0.3, cells: 20 });
    expect(gap.mean).toBeLessThan(1e-6);
    expect(gap.largest).toBeLessThan(1e-5);
    expect(gap.model).toHaveLength(400);
    // Row by row from the top left; the top right corner is class 1's.
    expect(gap.truth[19]).toBeGreaterThan(0.99);
    expect(gap.truth[380]).toBeLessThan(0.01);
  });

  it("is a half at most for a model that knows nothing", async () => {
    const gap = await posteriorGapOf(logistic(0), { noise: 0.3, cells: 20 });
    expect(gap.largest).toBeCloseTo(0.5, 3);
    // Half of how far the truth lies from a half on average, and not more.
    expect(gap.mean).toBeGreaterThan(0.4);
    expect(gap.mean).toBeLessThan(0.5);
  });

  it("refuses other models", async () => {
    const three = sequential([inputLayer([2]), dense(3, { activation: "softmax" })]);
    three.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "sgd" });
    await expect(posteriorGapOf(three)).rejects.toThrow("a model of two classes, received 3");
    await expect(posteriorGapOf(logistic(1), { noise: -1 })).rejects.toThrow("expected noise");
  });
});
