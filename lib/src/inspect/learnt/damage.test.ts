import { describe, expect, it } from "vitest";
import {
  addLayer,
  connect,
  conv2d,
  dense,
  dropout,
  flatten,
  globalPool,
  input,
  inputLayer,
  maxPool2d,
  network,
} from "../../nn/index.ts";
import { tensor } from "../../tensor/create.ts";
import { functionalModel, sequential } from "../../train/model/sequential.ts";
import { damageOf } from "./damage.ts";

/** Four hidden units, each for the input of its number; they vote for class 1 together. */
function voting() {
  const model = sequential([
    inputLayer([4]),
    dense(4, { activation: "sigmoid" }),
    dropout(0.5),
    dense(1, { activation: "sigmoid" }),
  ]).compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
  const eye = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 10 : 0)));
  model.layer("dense1")["w"]!.assign(tensor(eye));
  model.layer("dense1")["b"]!.assign(tensor([-5, -5, -5, -5]));
  model.layer("dense2")["w"]!.assign(tensor([[2], [2], [2], [2]]));
  model.layer("dense2")["b"]!.assign(tensor([-1]));
  return model;
}
const examples = {
  x: {
    dtype: "float32",
    shape: [5, 4],
    data: Float32Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
  },
  y: { dtype: "int32", shape: [5], data: Int32Array.from([1, 1, 1, 1, 0]) },
} as const;

describe("damageOf", () => {
  it("loses an example with each unit that alone saw it, and leaves the model as it was", () => {
    const model = voting();
    const found = damageOf(model, examples, { layer: "dense1", amounts: [0, 1, 2, 4], draws: 3 });
    expect(found).toMatchObject({ layer: "dense1", of: "units", parts: 4, whole: 1 });
    expect(found.amounts.map(({ amount, mean, worst }) => [amount, mean, worst])).toEqual([
      [0, 1, 1],
      [1, expect.closeTo(0.8, 12), 0.8],
      [2, expect.closeTo(0.6, 12), 0.6],
      [4, expect.closeTo(0.2, 12), 0.2],
    ]);
    expect(Array.from(model.layer("dense2")["w"]!.data)).toEqual([2, 2, 2, 2]);
  });

  it("puts a share of weights to 0, drawn from its seed", () => {
    const options = { layer: "dense2", of: "weights", amounts: [0.5, 1], draws: 4 } as const;
    const found = damageOf(voting(), examples, options);
    expect(found.parts).toBe(4);
    expect(found.amounts.map(({ accuracies }) => accuracies)).toEqual([
      [0.6, 0.6, 0.6, 0.6],
      [0.2, 0.2, 0.2, 0.2],
    ]);
    // The first layer: which of 16 weights go decides how many examples are lost.
    const draw = (seed: number) =>
      damageOf(voting(), examples, {
        layer: "dense1",
        of: "weights",
        amounts: [0.4],
        seed,
        draws: 6,
      }).amounts[0]!.accuracies;
    expect(draw(1)).toEqual(draw(1));
    expect(draw(2)).not.toEqual(draw(1));
    expect(new Set(draw(1)).size).toBeGreaterThan(1);
  });

  it.each([
    ["flatten", flatten()],
    ["globalPool", globalPool("max")],
  ])("silences a channel of maps in all that reads it, through pooling and %s", (_, end) => {
    const model = sequential([
      inputLayer([4, 4, 1]),
      conv2d(2, 1, { bias: false }),
      maxPool2d(),
      end,
      dense(2, { bias: false, activation: "softmax" }),
    ]).compile({ loss: "sparseCategoricalCrossentropy", optimizer: "sgd" });
    model.layer("conv2d1")["w"]!.assign(tensor([[[[1, -1]]]]));
    // Channel 0, the brightest pixel, speaks for class 1; channel 1 says nothing.
    const w = model.layer("dense1")["w"]!;
    const votes = Array.from({ length: w.shape[0]! }, (_, i) => (i % 2 === 0 ? [0, 1] : [0, 0]));
    w.assign(tensor(votes));
    const ink = new Float32Array(16).fill(1);
    const x = { dtype: "float32", shape: [1, 4, 4, 1], data: ink } as const;
    const y = { dtype: "int32", shape: [1], data: Int32Array.from([1]) } as const;
    const options = { layer: "conv2d1", amounts: [1], draws: 12 } as const;
    const { whole, amounts } = damageOf(model, { x, y }, options);
    expect(whole).toBe(1);
    // Nothing is left of channel 0, or all of it: never a half.
    expect(new Set(amounts[0]!.accuracies)).toEqual(new Set([0, 1]));
  });

  it("tells what it cannot serve in a sentence", () => {
    const model = voting();
    expect(() => damageOf(model, examples, { layer: "dense2" })).toThrow(
      'expected a hidden layer, received "dense2", which no layer with weights reads',
    );
    expect(() => damageOf(model, examples, { layer: "dropout1" })).toThrow(
      '"dropout1" has no weights',
    );
    expect(() => damageOf(model, examples, { layer: "dense1", amounts: [5] })).toThrow(
      "whole numbers of units up to 4, received 5",
    );
    expect(() =>
      damageOf(model, examples, { layer: "dense1", of: "weights", amounts: [2] }),
    ).toThrow("shares of weights from 0 to 1, received 2");
    const start = input([2]);
    const [a, b] = [connect(dense(3), start), connect(dense(3), start)];
    const merged = functionalModel(
      network([start], [connect(dense(1), connect(addLayer(), a, b))]),
    );
    merged.compile({ loss: "hinge", optimizer: "sgd" });
    const two = {
      ...examples,
      x: { dtype: "float32", shape: [5, 2], data: new Float32Array(10) },
    } as const;
    expect(() => damageOf(merged, two, { layer: "dense1", amounts: [1] })).toThrow(
      '"add1", a add layer, reads the units of "dense1" in a way that is not followed here',
    );
  });
});
