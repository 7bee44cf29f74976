// One batch at a time beside fit() and evaluate(), and one example beside predict().

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { conv2d, dense, flatten, inputLayer, rescaling } from "../../nn/layers/index.ts";
import { network } from "../../nn/network/functional.ts";
import { connect, input } from "../../nn/network/place.ts";
import { key, normal } from "../../tensor/random.ts";
import { functionalModel, sequential } from "../model/sequential.ts";

const X = normal(key(1), [6, 2]);
const Y = normal(key(2), [6, 1]);

function made(learningRate = 0.1) {
  return sequential([inputLayer([2]), dense(3, { activation: "tanh" }), dense(1)]).compile({
    loss: "mse",
    optimizer: { name: "adam", learningRate },
    metrics: ["mae"],
  });
}

it("trainOnBatch() takes the step of fit(), and tells what it was before", async () => {
  const [one, other] = [made(), made()];
  const before = await one.testOnBatch(X, Y);
  expect(before).toEqual(await other.evaluate(X, Y));
  const { epochs } = await other.fit(X, Y, { batchSize: 6, shuffle: false, epochs: 2 });
  const figures = [await one.trainOnBatch(X, Y), await one.trainOnBatch(X, Y)];
  expect(figures[0]).toEqual(before);
  expect(figures[1]!.loss).toBeCloseTo(epochs[1]!.loss, 6);
  expect([...one.state.snapshot()]).toEqual([...other.state.snapshot()]);
});

it("takes weights as fit() does", async () => {
  const [one, other] = [made(), made()];
  const sampleWeight = [1, 0, 2, 3, 1, 1];
  const { loss } = await one.trainOnBatch(X, Y, { sampleWeight });
  const { epochs } = await other.fit(X, Y, { batchSize: 6, shuffle: false, sampleWeight });
  expect(loss).toBeCloseTo(epochs[0]!.loss, 6);
  expect([...one.state.snapshot()]).toEqual([...other.state.snapshot()]);
  await expect(one.trainOnBatch(X, Y, { weight: 3 } as never)).rejects.toThrow(
    'trainOnBatch: there is no option "weight"',
  );
  await expect(one.testOnBatch(X, Y, { classWeight: {} } as never)).rejects.toThrow(
    'testOnBatch: there is no option "classWeight"',
  );
  await expect(one.trainOnBatch(X, [[1]])).rejects.toThrow(
    "trainOnBatch: expected as many targets",
  );
});

it("a loss that is not finite is told, and two trainings do not meet", async () => {
  const model = made();
  model.layer("dense2")["b"]!.assign(normal(key(1), [1]).mul(0).add(1e30));
  await expect(model.trainOnBatch(X, Y)).rejects.toThrow(
    "trainOnBatch: the loss of the batch is Infinity",
  );
  const other = made();
  const running = other.fit(X, Y, { epochs: 3 });
  await expect(other.trainOnBatch(X, Y)).rejects.toThrow(
    "trainOnBatch: this model is being trained already",
  );
  await running;
});

describe("predictOne()", () => {
  it("gives the row of predict() at once", async () => {
    const model = sequential([
      inputLayer([4, 4, 1]),
      rescaling(1 / 255),
      conv2d(2, 3, { activation: "relu" }),
      flatten(),
      dense(3, { activation: "softmax" }),
    ]);
    const x = normal(key(3), [1, 4, 4, 1]);
    const all = await model.predict(x);
    const one = model.predictOne(x.reshape([4, 4, 1]));
    expect(one.shape).toEqual([3]);
    expect([...one.data]).toEqual([...all.data]);
  });

  it("takes plain numbers", async () => {
    const model = made();
    expect(model.predictOne([0.5, -1]).item()).toBe((await model.predict([[0.5, -1]])).item());
  });

  it.each([
    [
      [[0.5, -1]],
      "predictOne: expected one example of shape [2], received [1, 2]; predict() takes a batch",
    ],
    [[1, 2, 3], "received [3]"],
    ["no", "predictOne: expected x to be a tensor"],
  ])("%j is refused", (x, text) => {
    expect(() => made().predictOne(x as never)).toThrow(text);
  });

  it("several outputs have predictAll()", () => {
    const place = input([2]);
    const ends = [connect(dense(1), place), connect(dense(1), place)];
    expect(() => functionalModel(network([place], ends)).predictOne([1, 2])).toThrow(
      "predictOne: expected a network of one output, received one of 2: predictAll() gives a list of them",
    );
  });
});
