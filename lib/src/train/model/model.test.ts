// The model API: compile, fit, evaluate, predict, and what keeps a run repeatable.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { circles, moons, quadrants } from "../../data/index.ts";
import { engineNamed } from "../../engines/index.ts";
import type { DataArray } from "../../ir/dtype.ts";
import { connect, input, network } from "../../nn/index.ts";
import {
  activation,
  addLayer,
  concatenateLayer,
  dense,
  dropout,
  inputLayer,
} from "../../nn/layers/index.ts";
import type { Metric, MetricSpec } from "../../nn/metrics/index.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData, oneHot, tensor } from "../../tensor/create.ts";
import { key, normal, randint } from "../../tensor/random.ts";
import { rowsBetween } from "../batches/examples.ts";
import { earlyStopping, halveLearningRate, type StepLogs } from "../callbacks/index.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../files/checkpoint.ts";
import { restoreCheckpoint } from "../files/restore.ts";
import type { FitOptions } from "../loop/fit.ts";
import type { Model } from "./model.ts";
import { functionalModel, sequential } from "./sequential.ts";

const data = moons({ samples: 200, noise: 0.1, seed: 4 });

function makeModel(seed = 1) {
  return sequential([
    inputLayer([2]),
    dense(8, { activation: "tanh" }),
    dropout(0.1),
    dense(2, { activation: "softmax" }),
  ])
    .with({ seed })
    .compile({
      loss: "sparseCategoricalCrossentropy",
      optimizer: { name: "adam", learningRate: 0.02 },
      metrics: ["accuracy"],
    });
}

function weightsOf(model: Model): DataArray[] {
  return [...model.state.snapshot().values()];
}

describe("sequential", () => {
  it("reads as Keras does", async () => {
    const model = sequential([
      dense(64, { inputShape: [100] }),
      activation("relu"),
      dense(10),
      activation("softmax"),
    ]);
    model.compile({ loss: "categoricalCrossentropy", optimizer: "sgd", metrics: ["accuracy"] });
    const x = normal(key(1), [64, 100]);
    const labels = randint(key(2), [64], 0, 10);
    const history = await model.fit(x, oneHot(labels, 10), { epochs: 5, batchSize: 32 });
    const { loss, accuracy } = await model.evaluate(x, oneHot(labels, 10), { batchSize: 32 });
    expect(history.epochs.length).toBe(5);
    expect(loss).toBeLessThan(history.epochs[0]!["loss"]!);
    expect(accuracy).toBeGreaterThan(0);
    const y = await model.predict(x);
    expect(y.shape).toEqual([64, 10]);
    expect(y.sum(1).mean().item()).toBeCloseTo(1, 6);
  });

  it("takes layers one by one with add, until it is used", () => {
    const model = sequential();
    model.add(dense(3, { inputShape: [2] }));
    model.add(activation("relu"));
    expect(model.summary()).toMatchInlineSnapshot(`
      "layer        kind        output      parameters
      -----------------------------------------------
      dense1       dense       [batch, 3]           9
      activation1  activation  [batch, 3]           0
      -----------------------------------------------
      9 parameters"
    `);
    expect(() => model.add(dense(1))).toThrow("this model is in use already");
  });

  it("starts with a shape, a scalar's too, with a layer, or with a list", () => {
    expect(sequential([2], dense(3)).network.inputShapes).toEqual([[2]]);
    expect(sequential(inputLayer([2]), dense(3)).network.outputShapes).toEqual([[3]]);
    expect(() => sequential([] as number[], dense(3)).network).toThrow(
      'layer "dense1": dense: expected at least one axis',
    );
    expect(() => sequential([]).network).toThrow("the shape of an example is not known");
    const seeded = (seed: number) =>
      sequential([2], dense(3)).with({ seed }).layer("dense1")["w"]!.toArray();
    expect(seeded(1)).toEqual(seeded(1));
    expect(seeded(1)).not.toEqual(seeded(2));
    const used = sequential([2], dense(3));
    expect(used.built || used.network.placed.length).toBe(1);
    expect(() => used.with({ seed: 1 })).toThrow("this model is in use already");
    expect(() => used.layer("dens1")).toThrow('Did you mean "dense1"?');
  });

  it("says what is missing or does not fit", async () => {
    expect(() => sequential([dense(3)]).summary()).toThrow("shape of an example is not known");
    const model = makeModel();
    const x = tensor([[1, 2, 3]]) as Tensor;
    await expect(model.predict(x)).rejects.toThrow(
      "expected input of shape [batch, 2], received [1, 3]",
    );
    await expect(
      model.fit(data.train.x, data.test.y.data.length === 0 ? x : tensor([1])),
    ).rejects.toThrow("expected as many targets as examples");
    for (const length of [null as never, -3, Number.NaN, 2.5]) {
      expect(() => dense(3, { inputShape: [length, 2] })).toThrow(
        "dense: expected inputShape to be a shape, a list of whole numbers of 0 or more, received",
      );
      expect(() => sequential([length, 2], dense(3)).summary()).toThrow(
        `inputShape: expected whole numbers of 0 or more, received [${length}, 2]`,
      );
    }
    expect(() => sequential([dense(3, { inputShape: [2] })]).training).toThrow(
      "call compile() first",
    );
    expect(() => makeModel().compile({ loss: "mse", optimizer: "adaam" as "adam" })).toThrow(
      'Did you mean "adam"?',
    );
    await expect(model.fit(data.train.x, data.train.y, { batchSize: 0 })).rejects.toThrow(
      "fit: expected batchSize to be a whole number above 0, received 0",
    );
  });
});

describe("fit", () => {
  it("learns two moons", async () => {
    const model = makeModel();
    await model.fit(data.train.x, data.train.y, { epochs: 200, batchSize: 20 });
    const { accuracy } = await model.evaluate(data.test.x, data.test.y);
    expect(accuracy).toBeGreaterThan(0.95);
  });

  it("gives the same bits for the same seed, eager or compiled, resumed or not", async () => {
    const fit = async (options: object, epochs: number, model = makeModel()) => {
      await model.fit(data.train.x, data.train.y, { epochs, batchSize: 16, ...options });
      return model;
    };
    const whole = await fit({}, 4);
    expect(weightsOf(await fit({}, 4))).toEqual(weightsOf(whole));
    expect(weightsOf(await fit({ eager: true }, 4))).toEqual(weightsOf(whole));
    const half = makeModel();
    const history = await half.fit(data.train.x, data.train.y, { epochs: 2, batchSize: 16 });
    const bytes = encodeCheckpoint(half, { epochs: history.epochs });
    const resumed = makeModel(1);
    const checkpoint = decodeCheckpoint(bytes);
    restoreCheckpoint(resumed, checkpoint);
    await fit({ resume: checkpoint.epochs }, 4, resumed);
    expect(weightsOf(resumed)).toEqual(weightsOf(whole));
    expect(weightsOf(await fit({}, 4, makeModel(2)))).not.toEqual(weightsOf(whole));
  });

  it.each(["wasm", "reference"] as const)(
    "gives the same figures however steps are run, on %s",
    async (name) => {
      const fit = async (options: FitOptions, metrics: MetricSpec[]) => {
        const model = sequential([inputLayer([2]), dense(5, { activation: "tanh" }), dense(2)])
          .with({ seed: 3, engine: engineNamed(name) })
          .compile({ loss: "mse", optimizer: "adam", metrics });
        // 100 examples: the last batch of 16 has 4.
        const y = oneHot(fromData(data.train.y.data, data.train.y.shape), 2);
        const history = await model.fit(data.train.x, y, { epochs: 3, batchSize: 16, ...options });
        const figures = history.epochs.map(({ seconds: _, ...rest }) => rest);
        return { figures, weights: weightsOf(model) };
      };
      const own: Metric = { name: "own", config: {}, compute: (_, p) => p.data[0]! };
      const traced: MetricSpec[] = ["accuracy", "mse", "mae", "rmse", "binaryAccuracy"];
      const watched = { callbacks: [{ name: "watch", onStepEnd() {} }] };
      const expected = await fit({}, traced);
      expect(await fit(watched, traced)).toEqual(expected);
      expect(await fit({ eager: true }, traced)).toEqual(expected);
      const mixed = await fit({}, ["accuracy", own, "mse"]);
      expect(mixed.weights).toEqual(expected.weights);
      expect(await fit({ eager: true }, ["accuracy", own, "mse"])).toEqual(mixed);
    },
  );

  it("shows progress often and every step when asked", async () => {
    const seen: StepLogs[] = [];
    const watch = (name: "onStepEnd" | "onProgress") => ({
      callbacks: [{ name, [name]: (logs: StepLogs) => void seen.push(logs) }],
      epochs: 2,
      batchSize: 16,
    });
    await makeModel().fit(data.train.x, data.train.y, watch("onStepEnd"));
    expect(seen.map(({ epoch, step }) => [epoch, step])).toEqual(
      [0, 1].flatMap((epoch) => [0, 1, 2, 3, 4, 5, 6].map((step) => [epoch, step])),
    );
    const last = seen.at(-1)!;
    seen.length = 0;
    await makeModel().fit(data.train.x, data.train.y, watch("onProgress"));
    expect(seen.at(-1)).toEqual(last);
    expect(last).toMatchObject({ steps: 7, examples: 100, total: 200 });
  });

  it("takes other examples of other sizes, one fit after the other", async () => {
    const [model, again] = [makeModel(), makeModel()];
    for (const each of [model, again]) {
      for (const [from, to] of [
        [0, 50],
        [10, 60],
        [0, 33],
      ] as const) {
        const { x, y } = data.train;
        const options = { epochs: 2, batchSize: 8, eager: each === again };
        await each.fit(rowsBetween(x, from, to), rowsBetween(y, from, to), options);
      }
    }
    expect(weightsOf(model)).toEqual(weightsOf(again));
  });

  it("keeps the last examples for validation", async () => {
    const history = await makeModel().fit(data.train.x, data.train.y, {
      epochs: 2,
      validationSplit: 0.2,
    });
    expect(Object.keys(history.epochs[0]!)).toEqual([
      "epoch",
      "loss",
      "accuracy",
      "valLoss",
      "valAccuracy",
      "learningRate",
      "seconds",
    ]);
  });

  it("stops early and goes back to the best weights", async () => {
    const model = makeModel();
    const history = await model.fit(data.train.x, data.train.y, {
      epochs: 200,
      batchSize: 20,
      validationData: [data.test.x, data.test.y],
      callbacks: [earlyStopping({ patience: 3, restoreBest: true })],
    });
    expect(history.stopped).toContain("no improvement of valLoss in 3 epochs");
    const best = Math.min(...history.epochs.map((epoch) => epoch["valLoss"]!));
    const { loss } = await model.evaluate(data.test.x, data.test.y);
    expect(loss).toBe(best);
  });

  it("halves the learning rate when nothing improves", async () => {
    const history = await makeModel().fit(data.train.x, data.train.y, {
      epochs: 30,
      validationData: [data.test.x, data.test.y],
      callbacks: [halveLearningRate({ patience: 1, minDelta: 1, stopBelow: 1 / 8 })],
    });
    const rates = history.epochs.map((epoch) => epoch["learningRate"]!);
    expect(rates.slice(0, 5).map((rate) => rate / rates[0]!)).toEqual([1, 1, 0.5, 0.25, 0.125]);
    expect(history.stopped).toContain("the learning rate fell below");
  });

  it("stops when the loss is no longer finite, and names step and op", async () => {
    const model = sequential([inputLayer([2]), dense(1)]).compile({
      loss: "mse",
      optimizer: { name: "sgd", learningRate: 1e30 },
    });
    const x = quadrants({ samples: 64, noise: 0, seed: 1 });
    const run = model.fit(x.train.x, fromData(new Float32Array(x.train.y.data), [32, 1]), {
      epochs: 5,
      batchSize: 8,
    });
    await expect(run).rejects.toThrow(
      /training stopped: the loss is no longer finite in epoch 1, step \d+. .*op \d+ \(/,
    );
  });

  it("blames NaN in the data on the data, not on the learning rate", async () => {
    const x = tensor([
      [1, Number.NaN],
      [2, 3],
    ]);
    const model = sequential([inputLayer([2]), dense(1)]).compile({
      loss: "mse",
      optimizer: "sgd",
    });
    const error: Error = await model.fit(x, tensor([[1], [0]])).then(
      () => new Error("it trained"),
      (reason) => reason,
    );
    expect(error.message).toBe("fit: input 0 holds NaN, in row 0, column 1 of x (counted from 0)");
  });

  it("is one at a time for one model", async () => {
    const model = makeModel();
    const first = model.fit(data.train.x, data.train.y, { epochs: 2 });
    await expect(model.fit(data.train.x, data.train.y)).rejects.toThrow(
      "fit: this model is being trained already",
    );
    await first;
    await model.fit(data.train.x, data.train.y);
  });

  it.each(["network2", "network3", "nndl", "playground", "keras"] as const)(
    "penalises weights but not biases: l2 as in %s",
    async (convention) => {
      const regularizer = { kind: "l2" as const, lambda: 0.1, convention };
      const make = (penalised: boolean) =>
        sequential([
          inputLayer([2]),
          dense(2, { biases: { name: "constant", value: 0.5 } }),
        ]).compile({
          loss: "mse",
          optimizer: { name: "sgd", learningRate: 0.1 },
          ...(penalised && { regularizer }),
        });
      const zeros = fromData(new Float32Array(8), [4, 2]);
      const target = fromData(new Float32Array(8).fill(0.5), [4, 2]); // the bias is right already
      const model = make(true);
      const before = weightsOf(model);
      await model.fit(zeros, target, { epochs: 1, batchSize: 2 });
      const after = weightsOf(model);
      // x = 0: only the penalty moves the weights. n = 4, 2 batches of 2, 2 steps.
      const c = { network2: 0.1 / 4, network3: 0.1 / 2, nndl: 0.1, playground: 0.1, keras: 0.2 }[
        convention
      ];
      const shrink = (1 - 0.1 * c) ** 2;
      expect(after[0]![0]! / before[0]![0]!).toBeCloseTo(shrink, 6);
      expect(after[1]).toEqual(before[1]);
    },
  );

  it("kills a weight at 0 under the Playground's L1", async () => {
    const regularizer = { kind: "l1" as const, lambda: 10, convention: "playground" as const };
    const model = sequential([inputLayer([2]), dense(2)]).compile({
      loss: "mse",
      optimizer: { name: "sgd", learningRate: 0.1 },
      regularizer,
    });
    const x = fromData(new Float32Array([1, 2, 3, 4]), [2, 2]);
    await model.fit(x, x, { epochs: 3, batchSize: 2 });
    expect([...weightsOf(model)[0]!]).toEqual([0, 0, 0, 0]);
  });
});

describe("functional models", () => {
  it("trains a network with two inputs and two outputs", async () => {
    const a = input([2]);
    const b = input([2]);
    const joined = connect(concatenateLayer(), connect(dense(4), a), connect(dense(4), b));
    const hidden = connect(activation("tanh"), joined);
    const residual = connect(addLayer(), hidden, connect(dense(8), hidden));
    const first = connect(dense(1), residual);
    const second = connect(dense(2, { activation: "softmax" }), residual);
    const model = functionalModel(network([a, b], [first, second]), { seed: 3 }).compile({
      loss: ["mse", "sparseCategoricalCrossentropy"],
      optimizer: "adam",
    });
    const { x, y } = circles({ samples: 100, noise: 0, seed: 1 }).train;
    const targets = [fromData(new Float32Array(y.data), [50, 1]), y];
    const history = await model.fit([x, x], targets, { epochs: 20, batchSize: 10 });
    expect(history.epochs.at(-1)!["loss"]).toBeLessThan(history.epochs[0]!["loss"]!);
    const outputs = await model.predictAll([x, x]);
    expect(outputs.map((output) => output.shape)).toEqual([
      [50, 1],
      [50, 2],
    ]);
    expect(model.summary()).toContain("concatenate1");
  });
});
