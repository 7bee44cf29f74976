// Normalisation layers: the harness, running statistics through training and files, and what is refused.

import { describe, expect, it, test } from "vitest";
import "../../../tensor/methods.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { key, normal } from "../../../tensor/random.ts";
import { loadModel, saveModel } from "../../../train/files/saved-model.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { CONTEXT, testLayers } from "../harness.testing.ts";
import {
  batchNormalization,
  conv2d,
  dense,
  flatten,
  groupNormalization,
  type Layer,
  layerNormalization,
  rmsNormalization,
} from "../index.ts";

testLayers([
  ...[[3], [4, 3], [2, 2, 3]].map((inputShape) => ({
    title: `batchNormalization of [${inputShape}]`,
    layer: batchNormalization(),
    inputShape,
    outputShape: inputShape,
    parameters: 6,
  })),
  {
    title: "batchNormalization without scale and offset",
    layer: batchNormalization({ momentum: 0.5, epsilon: 1e-5, scale: false, offset: false }),
    inputShape: [5, 2],
    outputShape: [5, 2],
    parameters: 0,
  },
  {
    title: "layerNormalization",
    layer: layerNormalization(),
    inputShape: [2, 4],
    outputShape: [2, 4],
    parameters: 8,
  },
  {
    title: "groupNormalization",
    layer: groupNormalization(2, { offset: false }),
    inputShape: [3, 2, 4],
    outputShape: [3, 2, 4],
    parameters: 4,
  },
  {
    title: "rmsNormalization",
    layer: rmsNormalization(),
    inputShape: [2, 4],
    outputShape: [2, 4],
    parameters: 4,
  },
]);

describe("batchNormalization", () => {
  const x: Tensor = normal(key(1), [40, 2], { mean: 3, std: 2 });

  function trained() {
    const model = sequential(
      [2],
      batchNormalization({ momentum: 0.5, name: "norm" }),
      dense(1),
    ).with({ seed: 1 });
    return model.compile({
      loss: "meanSquaredError",
      optimizer: { name: "sgd", learningRate: 0 },
      regularizer: { kind: "l2", lambda: 0.1, convention: "keras" },
    });
  }

  it("moves the running statistics towards those of each batch, and keeps them in files", async () => {
    const model = trained();
    await model.fit(x, normal(key(2), [40, 1]), { epochs: 3, batchSize: 40 });
    const column = (c: number) => Array.from({ length: 40 }, (_, i) => x.data[2 * i + c] as number);
    const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
    const means = [0, 1].map((c) => mean(column(c)));
    const variances = [0, 1].map((c) => mean(column(c).map((v) => (v - means[c]!) ** 2)));
    const kept = 0.5 ** 3; // from 0 and 1 at first
    const running = (name: string) => [
      ...model.state.variables.get(`state/norm/${name}`)!.read().data,
    ];
    means.forEach((m, c) => {
      expect(running("mean")[c]).toBeCloseTo((1 - kept) * m, 5);
      expect(running("variance")[c]).toBeCloseTo(kept + (1 - kept) * variances[c]!, 4);
    });
    const again = loadModel(saveModel(model));
    expect((await again.predict(x)).data).toEqual((await model.predict(x)).data);
  });

  it("gives one example after training what it gives it among others", async () => {
    const model = trained();
    await model.fit(x, normal(key(2), [40, 1]), { epochs: 2, batchSize: 16 });
    const all = (await model.predict(x)).data;
    expect((await model.predict(x.at("3:4"))).data[0]).toBeCloseTo(all[3] as number, 6);
  });

  it("is left alone by a regularizer", async () => {
    const { network } = trained();
    const { params } = network.init(key(1), "float32");
    expect([...network.weights(params)]).toEqual(["dense1/w"]);
  });

  it("keeps its precision where the mean is large", () => {
    const far = fromData(new Float32Array([10_000, 10_001, 10_002, 10_003]), [4, 1]);
    const layer = batchNormalization({ epsilon: 1e-6 });
    const variables = layer.init(key(1), [1], "float32");
    const { y } = layer.apply(variables, far, { ...CONTEXT, training: true });
    [-1.5, -0.5, 0.5, 1.5].forEach((from, i) => {
      expect(y.data[i]).toBeCloseTo(from / Math.sqrt(1.25), 5);
    });
  });
});

it.each<[string, () => Layer]>([
  ["batchNormalization", () => batchNormalization({ momentum: 0.9 })],
  ["groupNormalization", () => groupNormalization(2)],
])("a convolutional network with %s learns on the Wasm engine", async (_, normalization) => {
  const labels = Float32Array.from({ length: 32 }, (_, i) => i % 2);
  const noise = normal(key(4), [32, 6, 6, 1]).data;
  const pixels = Float32Array.from(
    noise,
    (v, i) => 20 + 5 * (v + labels[Math.floor(i / 36)]! * (i % 2)),
  );
  const x = fromData(pixels, [32, 6, 6, 1]);
  const model = sequential(
    [6, 6, 1],
    conv2d(4, 3, { bias: false }),
    normalization(),
    flatten(),
    dense(1, { activation: "sigmoid" }),
  ).with({ seed: 2 });
  model.compile({
    loss: "binaryCrossentropy",
    optimizer: { name: "adam", learningRate: 0.02 },
    metrics: ["accuracy"],
  });
  await model.fit(x, fromData(labels, [32, 1]), { epochs: 30, batchSize: 8 });
  const { accuracy } = await model.evaluate(x, fromData(labels, [32, 1]));
  expect(accuracy).toBeGreaterThan(0.95);
});

test.each<[string, () => unknown, string]>([
  [
    "momentum",
    () => batchNormalization({ momentum: 1 }),
    "momentum to be a number from 0 to below 1",
  ],
  [
    "epsilon",
    () => layerNormalization({ epsilon: 0 }),
    "epsilon to be a number above 0, received 0",
  ],
  ["center", () => rmsNormalization({ offset: false } as object), 'there is no option "offset"'],
  ["groups", () => groupNormalization(1.5), "groups to be a whole number above 0, received 1.5"],
  [
    "channels",
    () => groupNormalization(4).outputShape([2, 6]),
    "groupNormalization: 4 groups cannot share the 6 channels of an example [2, 6] evenly",
  ],
  [
    "no features",
    () => batchNormalization().outputShape([]),
    "batchNormalization: expected an example [..., features] with numbers in it, received []",
  ],
  ["no channels", () => groupNormalization(2).outputShape([]), "received []"],
])("refuses %s that does not fit", (_, call, sentence) => {
  expect(call).toThrow(sentence);
});
