// Metrics in training: over a whole epoch or set however steps are run, and by what outputs mean.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import type { ActivationName } from "../../nn/activations/index.ts";
import { activation, dense, inputLayer } from "../../nn/layers/index.ts";
import type { LossSpec } from "../../nn/losses/index.ts";
import {
  type Metric,
  type MetricSpec,
  metricNames,
  metricOf,
  metricsOf,
} from "../../nn/metrics/index.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData, tensor } from "../../tensor/create.ts";
import { key, normal, randint } from "../../tensor/random.ts";
import type { EpochLogs, StepLogs } from "../callbacks/index.ts";
import { sequential } from "../model/sequential.ts";
import type { FitOptions } from "./fit.ts";

const FROZEN = { name: "sgd", learningRate: 0 } as const;

/** A model whose output is its input, or a function of it, and that does not move. */
function identity(
  size: number,
  loss: LossSpec,
  metrics: readonly MetricSpec[],
  f?: ActivationName,
) {
  const layers = [dense(size, { inputShape: [size] }), ...(f ? [activation(f)] : [])];
  const model = sequential(layers).compile({ loss, optimizer: FROZEN, metrics });
  const ones = Array.from({ length: size ** 2 }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
  model.layer("dense1")["w"]!.assign(fromData(Float32Array.from(ones), [size, size]));
  return model;
}

const column = (numbers: readonly number[]) => tensor(numbers.map((n) => [n])) as Tensor;

/** Every way in which steps are run. */
const WAYS: readonly [string, FitOptions][] = [
  ["many in a call", {}],
  ["each watched", { callbacks: [{ name: "watch", onStepEnd() {} }] }],
  ["op by op", { eager: true }],
];

const precise: MetricSpec = function precise(y: Tensor, a: Tensor) {
  return metricOf("precision").compute(y, a);
};

describe.each(WAYS)("figures of an epoch, %s", (_, options) => {
  it.each([1, 2, 4, 5, 6])("are of all its examples, in batches of %d", async (batchSize) => {
    const names: MetricSpec[] = ["precision", "recall", "f1", "r2", "rmse", "accuracy", precise];
    const model = identity(1, "mse", names);
    const x = column([1, 0, 1, 0, 1, 0]);
    const y = column([1, 1, 1, 0, 0, 0]);
    const { epochs } = await model.fit(x, y, { batchSize, ...options });
    const [figures] = epochs as [EpochLogs];
    for (const name of ["precision", "recall", "f1", "precise", "accuracy"]) {
      expect(figures[name], name).toBeCloseTo(2 / 3, 12);
    }
    // 2 errors of 1 in 6; the targets' spread is 6 * 0.25.
    expect(figures["rootMeanSquaredError"]).toBeCloseTo(Math.sqrt(2 / 6), 12);
    expect(figures["r2"]).toBeCloseTo(1 - 2 / 1.5, 12);
    const { loss, ...evaluated } = await model.evaluate(x, y, { batchSize });
    for (const [name, value] of Object.entries(evaluated)) {
      expect(value, name).toBeCloseTo(figures[name]!, 12);
    }
  });

  it("are those that each metric computes of everything", async () => {
    const x = normal(key(1), [50, 4]);
    const labels = randint(key(2), [50], 0, 4);
    const names = metricNames().filter((name) => metricOf(name).targets === "classes");
    const metrics = names.map((name) => (name === "topKAccuracy" ? { name, k: 2 } : name));
    const model = identity(4, "sparseCategoricalCrossentropy", metrics, "softmax");
    const { epochs } = await model.fit(x, labels, { batchSize: 7, ...options });
    const outputs = await model.predict(x);
    for (const metric of metrics.map((spec) => metricOf(spec))) {
      const expected = metric.compute(labels, outputs);
      expect(epochs[0]![metric.name], metric.name).toBeCloseTo(expected, 12);
    }
  });

  it("r2 survives targets far from 0", async () => {
    const x = column([1e6 + 1, 1e6 + 2, 1e6 + 3, 1e6 + 4, 1e6 + 6]);
    const y = column([1e6 + 1, 1e6 + 2, 1e6 + 3, 1e6 + 4, 1e6 + 5]);
    const { epochs } = await identity(1, "mse", ["r2"]).fit(x, y, { batchSize: 2, ...options });
    expect(epochs[0]!["r2"]).toBeCloseTo(1 - 1 / 10, 9);
    const constant = column([0.1, 0.1, 0.1, 0.1, 0.1]);
    const same = identity(1, "mse", ["r2"]);
    expect(
      (await same.fit(constant, constant, { batchSize: 2, ...options })).epochs[0]!["r2"],
    ).toBe(1);
  });

  it("of one's own are computed once, of everything", async () => {
    const seen: number[][] = [];
    const own: Metric = {
      name: "own",
      config: {},
      compute: (y, a) => seen.push([...y.type.shape, ...a.type.shape]),
    };
    const x = column([1, 2, 3, 4, 5]);
    const { epochs } = await identity(1, "mse", ["mae", own]).fit(x, x, {
      batchSize: 2,
      epochs: 2,
      ...options,
    });
    expect(seen).toEqual([
      [5, 1, 5, 1],
      [5, 1, 5, 1],
    ]);
    expect(epochs.map(({ own: figure }) => figure)).toEqual([1, 2]);
  });
});

it("the figures of steps are of the examples so far", async () => {
  const seen: StepLogs[] = [];
  const own: MetricSpec = function own(y: Tensor) {
    return y.size;
  };
  const x = column([1, 0, 1, 0, 1]);
  const y = column([1, 1, 1, 1, 1]);
  await identity(1, "mse", ["accuracy", own]).fit(x, y, {
    batchSize: 2,
    shuffle: false,
    callbacks: [{ name: "watch", onStepEnd: (logs) => void seen.push(logs) }],
  });
  // Read afterwards: what a step logged stays what it was.
  expect(seen.map(({ metrics }) => ({ ...metrics }))).toEqual([
    { loss: 0.5, accuracy: 0.5, own: 2 },
    { loss: 0.5, accuracy: 0.5, own: 4 },
    { loss: 2 / 5, accuracy: 3 / 5, own: 5 },
  ]);
});

describe("what outputs mean", () => {
  const z = column([0.3, -0.3, 2, -2]);
  const y = column([1, 0, 1, 0]);
  const scores: MetricSpec[] = ["accuracy", "binaryAccuracy", "precision", "recall", "f1"];
  const figures = async (loss: LossSpec, target: Tensor, f?: ActivationName, metrics = scores) => {
    const model = identity(1, loss, metrics, f);
    const { loss: _, ...evaluated } = await model.evaluate(z, target);
    const { epochs } = await model.fit(z, target, { batchSize: 3 });
    for (const [name, value] of Object.entries(evaluated))
      expect(epochs[0]![name]).toBeCloseTo(value, 12);
    return Object.values(evaluated);
  };
  const right = scores.map(() => 1);

  it("net inputs are split at 0, as their probabilities are at one half", async () => {
    for (const name of ["binaryCrossentropy", "crossEntropy"] as const) {
      expect(await figures({ name, fromLogits: true } as LossSpec, y)).toEqual(right);
      expect(await figures(name, y, "sigmoid")).toEqual(right);
    }
  });

  it("regression metrics see probabilities, whoever makes them of net inputs", async () => {
    const metrics: MetricSpec[] = ["mse", "mae", "r2"];
    const ofLogits = await figures(
      { name: "crossEntropy", fromLogits: true },
      y,
      undefined,
      metrics,
    );
    const behind = await figures("crossEntropy", y, "sigmoid", metrics);
    ofLogits.forEach((value, i) => {
      expect(value).toBeCloseTo(behind[i]!, 6);
    });
  });

  it("scores of a margin, and values beside -1 and 1, are split at 0", async () => {
    const signs = column([1, -1, 1, -1]);
    expect(await figures("hinge", signs)).toEqual(right);
    expect(await figures("hinge", y)).toEqual(right);
    expect(await figures("mse", signs)).toEqual(right);
    expect(await figures("mse", signs, "tanh")).toEqual(right);
  });

  it("values beside 0 and 1 are split at one half, or where the metric says", async () => {
    expect(await figures("mse", y)).toEqual([0.75, 0.75, 1, 0.5, 2 / 3]);
    const threshold = [{ name: "accuracy", threshold: 0 }] as never[];
    expect(await figures("mse", y, undefined, threshold)).toEqual([1]);
  });

  it("is asked for where a loss of one's own does not say", async () => {
    const own = (t: Tensor, a: Tensor) => a.sub(t).square() as Tensor;
    const metrics: readonly MetricSpec[][] = [["accuracy"], ["f1"], ["binaryAccuracy"]];
    for (const list of metrics) {
      const model = identity(1, own, list);
      await expect(model.fit(z, y)).rejects.toThrow(
        "it is not known where an output changes sides",
      );
      await expect(model.evaluate(z, y)).rejects.toThrow("Give the metric a threshold");
    }
    const split: MetricSpec = { name: "accuracy", threshold: 0 };
    expect((await identity(1, own, [split]).evaluate(z, y))["accuracy"]).toBe(1);
    const said = { name: "own", config: {}, perExample: own, predictions: "scores" as const };
    expect((await identity(1, said, ["accuracy"]).evaluate(z, y))["accuracy"]).toBe(1);
    expect((await identity(1, own, ["accuracy"], "sigmoid").evaluate(z, y))["accuracy"]).toBe(1);
  });
});

describe("targets of metrics", () => {
  it("that tell no class are refused before training", async () => {
    const model = identity(3, "mse", ["accuracy"]);
    const x = tensor([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const both = tensor([
      [1, 0, 0],
      [1, 1, 0],
    ]);
    await expect(model.fit(x, both)).rejects.toThrow(
      "fit: accuracy: expected rows with one largest number, received [1, 1, 0] for example 1",
    );
    await expect(model.evaluate(x, both)).rejects.toThrow("evaluate: accuracy: expected rows");
    await expect(model.fit(x, x, { validationData: [x, both] })).rejects.toThrow(
      "fit: validationData: accuracy: expected rows",
    );
    expect(model.instance.step.item()).toBe(0);
  });

  it("need outputs that suit the metric", async () => {
    const one = identity(1, "mse", [{ name: "topKAccuracy", k: 1 }]);
    await expect(one.fit(column([1]), column([1]))).rejects.toThrow("topKAccuracy: expected");
    const three = identity(3, "mse", [{ name: "f1", average: "binary" }]);
    const x = tensor([[1, 0, 0]]);
    await expect(three.evaluate(x, x)).rejects.toThrow('"binary" needs 2 classes, received 3');
  });
});

describe("names of metrics", () => {
  const names = (metrics: unknown) =>
    sequential([inputLayer([3]), dense(3)])
      .compile({ loss: "mse", optimizer: "sgd", metrics: metrics as MetricSpec[] })
      .training.metrics.map(({ name }) => name);
  const own = (name: string) => ({ name, config: {}, compute: () => 1 });

  it("tell metrics apart by their options", () => {
    expect(names([{ name: "topKAccuracy", k: 3 }])).toEqual(["topKAccuracy"]);
    expect(names([1, 3].map((k) => ({ name: "topKAccuracy", k })))).toEqual([
      "topKAccuracyK1",
      "topKAccuracyK3",
    ]);
    expect(names(["f1", { name: "f1", average: "micro" }, "accuracy"])).toEqual([
      "f1AverageAuto",
      "f1AverageMicro",
      "accuracy",
    ]);
  });

  it("are refused where they meet, or are taken", () => {
    expect(() => names(["accuracy", "acc"])).toThrow('received twice "accuracy"');
    expect(() => names([own("x"), own("x")])).toThrow('received twice "x"');
    expect(() => names(["accuracy", own("valAccuracy")])).toThrow(
      'received "valAccuracy" besides "accuracy"',
    );
    for (const taken of ["loss", "valLoss", "epoch", "seconds", "learningRate"]) {
      expect(() => names([own(taken)])).toThrow(`expected another name for "${taken}"`);
    }
  });

  it("stand in a list", () => {
    expect(() => metricsOf("r2" as never)).toThrow(
      'metrics: expected a list, as in ["accuracy"], received "r2"',
    );
    expect(() => names([undefined])).toThrow("Expected the name of a metric, received nothing");
    expect(() => names([{ name: "x", compute: 1 }])).toThrow("expected compute to be a function");
    expect(() => names([own("")])).toThrow("expected its name to be a text");
  });

  it("a figure that is no number is refused", async () => {
    const model = identity(1, "mse", [() => "good" as never]);
    await expect(model.evaluate(column([1]), column([1]))).rejects.toThrow(
      'metric "metric": expected a number, received "good"',
    );
    const scalar = identity(1, "mse", [(y: Tensor) => y.mean()]);
    expect((await scalar.evaluate(column([1]), column([3])))["metric"]).toBe(3);
  });
});
