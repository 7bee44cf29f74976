// Embeddings and positions: the harness, waves by their formula, rows that learn, and what is refused.

import { expect, it, test } from "vitest";
import "../../../tensor/methods.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, tensor } from "../../../tensor/create.ts";
import { key } from "../../../tensor/random.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { CONTEXT, testLayers } from "../harness.testing.ts";
import { dense, embedding, flatten, positionalEncoding, positionEmbedding } from "../index.ts";

testLayers([
  {
    title: "embedding of int32",
    layer: embedding(5, 3),
    inputShape: [4],
    outputShape: [4, 3],
    parameters: 15,
    x: fromData(new Int32Array([0, 1, 4, 4, 2, 2, 2, 0, 1, 1, 0, 4]), [3, 4]),
  },
  {
    title: "embedding of floats",
    layer: embedding(3, 2, { weights: "glorotNormal" }),
    inputShape: [],
    outputShape: [2],
    parameters: 6,
    x: tensor([2, 0, 2]),
  },
  {
    title: "positionalEncoding",
    layer: positionalEncoding(),
    inputShape: [4, 5],
    outputShape: [4, 5],
    parameters: 0,
  },
  {
    title: "positionEmbedding",
    layer: positionEmbedding(),
    inputShape: [4, 5],
    outputShape: [4, 5],
    parameters: 20,
  },
]);

it("learns rows of words that mean the same, in floats and in int32", async () => {
  const words = Int32Array.from({ length: 60 }, (_, i) => (i * 7) % 6);
  const y = fromData(
    Float32Array.from(words, (word) => word % 2),
    [60, 1],
  );
  const predictions = [words, Float32Array.from(words)].map(async (data) => {
    const model = sequential([1], embedding(6, 2), flatten(), dense(1, { activation: "sigmoid" }));
    model.with({ seed: 1 }).compile({
      loss: "binaryCrossentropy",
      optimizer: { name: "adam", learningRate: 0.1 },
      metrics: ["accuracy"],
    });
    const x = fromData(data, [60, 1]);
    await model.fit(x, y, { epochs: 20, batchSize: 10 });
    const { accuracy } = await model.evaluate(x, y);
    expect(accuracy).toBe(1);
    await expect(model.predict(fromData(new Int32Array([6]), [1, 1]))).rejects.toThrow(
      /embedding: expected whole numbers from 0 to \d, received 6/,
    );
    await expect(model.predict([[0.5]])).rejects.toThrow(/from 0 to \d, received 0.5/);
    return (await model.predict(x)).data;
  });
  const [whole, floats] = await Promise.all(predictions);
  expect(whole).toEqual(floats);
});

const apply = (x: Tensor) => {
  const layer = embedding(3, 2);
  return layer.apply(layer.init(key(1), [2], "float32"), x, CONTEXT);
};

test.each<[string, () => unknown, string]>([
  [
    "a size",
    () => embedding(0, 3),
    "embedding: expected size to be a whole number above 0, received 0",
  ],
  ["units", () => embedding(3, 1.5), "units to be a whole number above 0, received 1.5"],
  [
    "a row",
    () => apply(tensor([[0, 3]])),
    "embedding: expected whole numbers from 0 to 2, received 3",
  ],
  ["a negative", () => apply(tensor([[-1, 2]])), "from 0 to 2, received -1"],
  ["half a row", () => apply(tensor([[0.5, 2]])), "from 0 to 2, received 0.5"],
  ["NaN", () => apply(tensor([[Number.NaN, 2]])), "from 0 to 2, received NaN"],
  [
    "an image",
    () => positionalEncoding().outputShape([2, 2, 1]),
    "positionalEncoding: expected an example [steps, features], received [2, 2, 1]",
  ],
  ["no steps", () => positionEmbedding().outputShape([3]), "[steps, features], received [3]"],
])("refuses %s that does not fit", (_, call, sentence) => {
  expect(call).toThrow(sentence);
});
