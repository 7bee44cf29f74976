// Small networks of convolutions and of recurrent layers learn what they are there for.

import { expect, it } from "vitest";
import "../../tensor/methods.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";
import { key, normal } from "../../tensor/random.ts";
import { functionalModel, sequential } from "../../train/model/sequential.ts";
import { networkOf } from "../../train/run/run.ts";
import {
  avgPool2d,
  conv1d,
  conv2d,
  conv2dTranspose,
  dense,
  flatten,
  globalPool,
  gru,
  inputLayer,
  type Layer,
  lstm,
  maxPool2d,
  simpleRnn,
} from "./index.ts";

/** Images of one line among noise; 1 where it runs across, 0 where it runs down. */
function lines(count: number): { x: Tensor; y: Tensor } {
  const noise = normal(key(1), [count, 8, 8, 1], { std: 0.3 }).data as Float32Array;
  const labels = Float32Array.from({ length: count }, (_, i) => i % 2);
  const pixels = noise.map((value, i) => {
    const [image, row, column] = [Math.floor(i / 64), Math.floor(i / 8) % 8, i % 8];
    const place = (image * 5) % 8;
    return value + ((labels[image] === 1 ? row : column) === place ? 1 : 0);
  });
  return { x: fromData(pixels, [count, 8, 8, 1]), y: fromData(labels, [count, 1]) };
}

it("a convolutional network tells lines across from lines down, wherever they are", async () => {
  const { x, y } = lines(80);
  const model = sequential([
    conv2d(4, 3, { activation: "relu", inputShape: [8, 8, 1] }),
    maxPool2d(2),
    conv2d(4, 2, { activation: "relu", padding: "same" }),
    avgPool2d(3),
    flatten(),
    dense(1, { activation: "sigmoid" }),
  ]).with({ seed: 3 });
  model.compile({
    loss: "binaryCrossentropy",
    optimizer: { name: "adam", learningRate: 0.02 },
    metrics: ["accuracy"],
    regularizer: { kind: "l2", lambda: 1e-4, convention: "keras" },
  });
  await model.fit(x, y, { epochs: 12, batchSize: 16 });
  const { accuracy } = await model.evaluate(x, y);
  expect(accuracy).toBeGreaterThan(0.95);
});

it("an autoencoder of convolutions gives an image back", async () => {
  const { x } = lines(16);
  const model = sequential(
    [8, 8, 1],
    conv2d(8, 2, { strides: 2, activation: "tanh" }),
    conv2dTranspose(1, 2, { strides: 2 }),
  );
  model.compile({ loss: "meanSquaredError", optimizer: { name: "adam", learningRate: 0.05 } });
  const before = await model.evaluate(x, x);
  await model.fit(x, x, { epochs: 40, batchSize: 8 });
  const after = await model.evaluate(x, x);
  expect(after.loss).toBeLessThan(0.1 * before.loss);
});

/** Sequences of noise; 1 where the first element is above 0, which is then long gone. */
function memories(count: number, steps: number): { x: Tensor; y: Tensor } {
  const values = normal(key(2), [count, steps, 1]).data as Float32Array;
  const labels = Float32Array.from({ length: count }, (_, i) => Number(values[i * steps]! > 0));
  return { x: fromData(values, [count, steps, 1]), y: fromData(labels, [count, 1]) };
}

it.each<[string, readonly Layer[]]>([
  ["simpleRnn", [simpleRnn(6)]],
  ["lstm", [lstm(6)]],
  ["gru", [gru(6)]],
  ["two layers", [gru(4, { returnSequences: true }), gru(4, { goBackwards: true })]],
  ["conv1d", [conv1d(8, 4, { activation: "relu" }), flatten()]],
])("%s remembers how a sequence began", async (_, layers) => {
  const { x, y } = memories(64, 5);
  const model = sequential([5, 1], ...layers, dense(1, { activation: "sigmoid" }));
  model.with({ seed: 1 }).compile({
    loss: "binaryCrossentropy",
    optimizer: { name: "adam", learningRate: 0.05 },
    metrics: ["accuracy"],
  });
  await model.fit(x, y, { epochs: 30, batchSize: 16 });
  const { accuracy } = await model.evaluate(x, y);
  expect(accuracy).toBeGreaterThan(0.9);
});

it("a model comes back from its specification", async () => {
  const model = sequential(
    inputLayer([6, 6, 2]),
    conv2d(3, [2, 3], { strides: [2, 1], padding: "same", activation: "relu" }),
    maxPool2d(2, { strides: 1 }),
    globalPool("average"),
    dense(2),
  );
  const spec = JSON.parse(JSON.stringify(model.network.spec));
  const again = functionalModel(networkOf(spec));
  expect(again.network.spec).toEqual(spec);
  const x: Tensor = normal(key(5), [3, 6, 6, 2]);
  expect((await again.predict(x)).toArray()).toEqual((await model.predict(x)).toArray());
});
