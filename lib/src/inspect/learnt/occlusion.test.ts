import { describe, expect, it } from "vitest";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { occlusionOf } from "./occlusion.ts";

/** Class 1 if the pixel at [1, 2] of a 3 x 4 picture is lit: sigmoid(w x). */
function looking() {
  const model = sequential([inputLayer([12]), dense(1, { activation: "sigmoid", bias: false })]);
  const w = new Array<number[]>(12).fill([0]);
  w[6] = [4];
  model.layer("dense1")["w"]!.assign(tensor(w));
  return model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
}
const lit = [new Array<number>(12).fill(1)];
const picture = [3, 4, 1] as const;
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

describe("occlusionOf", () => {
  it("falls where the square covers what the model looks at", async () => {
    const found = await occlusionOf(looking(), lit, { picture, size: 2 });
    expect(found).toMatchObject({ label: 1, size: 2, stride: 1, rows: 2, columns: 3, picture });
    expect(found.probability).toBeCloseTo(sigmoid(4), 6);
    const [seen, gone] = [sigmoid(4), 0.5];
    [seen, gone, gone, seen, gone, gone].forEach((p, i) => {
      expect(found.values[i]).toBeCloseTo(p, 6);
    });
    expect(found.lowest).toEqual({ top: 0, left: 1, probability: found.values[1] });
  });

  it("covers with any number, at any step, for any class", async () => {
    const options = { picture, size: 1, stride: 2, fill: -1, label: 0 };
    const found = await occlusionOf(looking(), lit, options);
    expect([found.rows, found.columns]).toEqual([2, 2]);
    expect(Array.from(found.values).every((p) => Math.abs(p - (1 - sigmoid(4))) < 1e-6)).toBe(true);
    const at = await occlusionOf(looking(), lit, { ...options, stride: 1 });
    expect(at.values[6]).toBeCloseTo(1 - sigmoid(-4), 6);
  });

  it("refuses what it cannot cover", async () => {
    await expect(occlusionOf(looking(), lit)).rejects.toThrow(
      "expected a model that reads pictures",
    );
    await expect(occlusionOf(looking(), [...lit, ...lit], { picture })).rejects.toThrow(
      "received 2",
    );
    await expect(occlusionOf(looking(), lit, { picture, size: 4 })).rejects.toThrow("at most 3");
    await expect(occlusionOf(looking(), lit, { picture, label: 2 })).rejects.toThrow(
      "expected a class from 0 to 1, received 2",
    );
  });
});
