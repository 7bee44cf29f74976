// Weights, masks and several outputs beside Keras, and what does not fit refused in a sentence.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { lossOf } from "../../nn/losses/index.ts";
import { network } from "../../nn/network/functional.ts";
import { connect, input } from "../../nn/network/place.ts";
import { tensor } from "../../tensor/create.ts";
import { filled, KERAS, parametersOf, sampled } from "../golden.testing.ts";
import type { FitOptions } from "../loop/fit.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import { functionalModel, sequential } from "../model/sequential.ts";

const X = sampled([5, 2], 0);
const LABELS = tensor([0, 2, 1, 2, 0], "int32");
const WEIGHTS = [1, 0, 2, 0.5, 3];
const CLASSES = { 0: 0.5, 1: 2, 2: 1.5 };
const STEPS = sampled([3, 4, 2], 1);
const STEP_LABELS = tensor(
  [
    [0, 1, 2, 0],
    [1, 1, 0, 2],
    [2, 0, 1, 0],
  ],
  "int32",
);
const MASK = [4, 2, 1].map((length) => [0, 1, 2, 3].map((step) => step < length));

function classifier(shape: readonly number[] = [2], options: Partial<CompileModelOptions> = {}) {
  const model = sequential([inputLayer(shape), dense(3, { activation: "softmax" })]);
  return filled(
    model.with({ dtype: "float64" }).compile({
      loss: "sparseCategoricalCrossentropy",
      optimizer: { name: "sgd", learningRate: 0.5 },
      ...options,
    }),
  );
}

function expectNumbers(actual: readonly number[], expected: readonly number[], digits = 10): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i]!, digits);
}

/** All ways in which a step of all examples is taken. */
const WAYS: readonly [string, FitOptions][] = [
  ["in engine memory", {}],
  ["op by op", { eager: true }],
];

describe.each(WAYS)("as Keras has it, %s", (_, way) => {
  const whole = { ...way, batchSize: 8, shuffle: false };

  it("sample weights", async () => {
    const model = classifier();
    const { loss } = await model.evaluate(X, LABELS, { sampleWeight: WEIGHTS });
    expect(loss).toBeCloseTo(KERAS["sampleLoss"], 10);
    const { epochs } = await model.fit(X, LABELS, { ...whole, sampleWeight: WEIGHTS });
    expect(epochs[0]!.loss).toBeCloseTo(KERAS["sampleTrained"], 10);
    expectNumbers(parametersOf(model), KERAS["sampleWeights"]);
  });

  it("class weights, of labels and of one-hot rows", async () => {
    const model = classifier();
    const { epochs } = await model.fit(X, LABELS, { ...whole, classWeight: CLASSES });
    expect(epochs[0]!.loss).toBeCloseTo(KERAS["classTrained"], 10);
    expectNumbers(parametersOf(model), KERAS["classWeights"]);
    const other = classifier([2], { loss: "categoricalCrossentropy" });
    const rows = [...LABELS.data].map((label) => [0, 1, 2].map((i) => (i === label ? 1 : 0)));
    await other.fit(X, rows, { ...whole, classWeight: [0.5, 2, 1.5] });
    expectNumbers(parametersOf(other), KERAS["classWeights"]);
  });

  it("a weight at each step of a sequence", async () => {
    const model = classifier([4, 2]);
    const sampleWeight = sampled([3, 4], 2).add(1);
    const { loss } = await model.evaluate(STEPS, STEP_LABELS, { sampleWeight });
    expect(loss).toBeCloseTo(KERAS["stepsLoss"], 10);
    await model.fit(STEPS, STEP_LABELS, { ...whole, sampleWeight });
    expectNumbers(parametersOf(model), KERAS["stepsWeights"]);
  });

  it("masks, in losses and metrics", async () => {
    const model = classifier([4, 2], { metrics: ["accuracy"] });
    const judged = await model.evaluate(STEPS, STEP_LABELS, { mask: MASK as never });
    expect(judged.loss).toBeCloseTo(KERAS["maskLoss"], 10);
    expect(judged["accuracy"]).toBeCloseTo(KERAS["maskAccuracy"], 6);
    const { epochs } = await model.fit(STEPS, STEP_LABELS, { ...whole, mask: MASK as never });
    expect(epochs[0]!.loss).toBeCloseTo(KERAS["maskLoss"], 10);
    expect(epochs[0]!["accuracy"]).toBeCloseTo(KERAS["maskAccuracy"], 6);
    expectNumbers(parametersOf(model), KERAS["maskWeights"]);
  });

  it("the loss of an epoch is over what counts, however it is cut", async () => {
    const options = {
      optimizer: { name: "sgd", learningRate: 0 } as const,
      metrics: ["accuracy"] as const,
    };
    const model = classifier([4, 2], options);
    for (const batchSize of [1, 2, 3]) {
      const { epochs } = await model.fit(STEPS, STEP_LABELS, {
        ...way,
        batchSize,
        mask: MASK as never,
      });
      expect(epochs[0]!.loss).toBeCloseTo(KERAS["maskLoss"], 10);
      expect(epochs[0]!["accuracy"]).toBeCloseTo(2 / 7, 10);
    }
  });

  it("a loss and metrics for every output", async () => {
    const place = input([2]);
    const kind = connect(dense(3, { activation: "softmax", name: "kind" }), place);
    const size = connect(dense(1, { name: "size" }), place);
    const sizes = sampled([5, 1], 9);
    const compiled = (options: Partial<CompileModelOptions> = {}) =>
      filled(
        functionalModel(network([place], [kind, size]), { dtype: "float64" }).compile({
          loss: { kind: "sparseCategoricalCrossentropy", size: "mse" },
          lossWeights: { kind: 0.25, size: 3 },
          optimizer: { name: "sgd", learningRate: 0.1 },
          metrics: { kind: ["accuracy"], size: ["mae"] },
          ...options,
        }),
      );
    const model = compiled();
    const figures = await model.evaluate(X, [LABELS, sizes]);
    const keras = KERAS["two"];
    expect(Object.keys(figures)).toEqual([
      "loss",
      "kindLoss",
      "sizeLoss",
      "kindAccuracy",
      "sizeMeanAbsoluteError",
    ]);
    expect(figures.loss).toBeCloseTo(keras.loss, 6); // in float32 there
    expect(figures["kindLoss"]).toBeCloseTo(keras.kind_loss, 6);
    expect(figures["sizeLoss"]).toBeCloseTo(keras.size_loss, 6);
    expect(figures["kindAccuracy"]).toBeCloseTo(keras.kind_accuracy, 6);
    expect(figures["sizeMeanAbsoluteError"]).toBeCloseTo(keras.size_mae, 6);
    const { epochs } = await model.fit(X, [LABELS, sizes], {
      ...whole,
      validationData: [X, [LABELS, sizes]],
    });
    for (const [name, value] of Object.entries(figures)) {
      expect(epochs[0]![name], name).toBeCloseTo(value, 10);
    }
    expect(epochs[0]).toHaveProperty("valSizeMeanAbsoluteError");
    expectNumbers(parametersOf(model), KERAS["twoWeights"], 7);
    const listed = compiled({
      loss: ["sparseCategoricalCrossentropy", "mse"],
      lossWeights: [0.25, 3],
    });
    await listed.fit(X, [LABELS, sizes], whole);
    expectNumbers(parametersOf(listed), KERAS["twoWeights"], 7);
  });
});

it("an output of no weight moves nothing, and its loss is told", async () => {
  const place = input([2]);
  const ends = [connect(dense(1, { name: "a" }), place), connect(dense(1, { name: "b" }), place)];
  const model = functionalModel(network([place], ends), { dtype: "float64" }).compile({
    loss: "mse",
    lossWeights: { b: 0 },
    optimizer: "sgd",
  });
  const before = [...model.layer("b")["w"]!.data];
  const { epochs } = await model.fit(X, [sampled([5, 1], 1), sampled([5, 1], 2)]);
  expect([...model.layer("b")["w"]!.data]).toEqual(before);
  expect(epochs[0]!["bLoss"]).toBeGreaterThan(0);
  expect(epochs[0]!.loss).toBeCloseTo(epochs[0]!["aLoss"]!, 12);
});

it("balanced classes weigh as scikit-learn has them: n / (classes * count)", async () => {
  const [balanced, written] = [classifier(), classifier()];
  await balanced.fit(X, LABELS, { classWeight: "balanced", shuffle: false });
  await written.fit(X, LABELS, { classWeight: [5 / 6, 5 / 3, 5 / 6], shuffle: false });
  expectNumbers(parametersOf(balanced), parametersOf(written), 14);
});

it("a class of a yes or no weighs too", async () => {
  const make = () =>
    sequential([inputLayer([2]), dense(1, { activation: "sigmoid" })])
      .with({ dtype: "float64" })
      .compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
  const yes = [1, 0, 0, 1, 0];
  const [classes, samples] = [make(), make()];
  await classes.fit(X, yes, { classWeight: { 1: 3 } });
  await samples.fit(X, yes, { sampleWeight: [3, 1, 1, 3, 1] });
  expect(parametersOf(classes)).toEqual(parametersOf(samples));
});

it("numbers are no classes to weigh", async () => {
  const model = sequential([inputLayer([2]), dense(1)]);
  model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
  await expect(model.fit(X, [0, 1, 0.37, 1, 0], { classWeight: { 1: 3 } })).rejects.toThrow(
    "fit: classWeight: expected targets that are 0 and 1 (or -1 and 1), received 0.37",
  );
});

it("validation leaves class weights out and keeps sample weights", async () => {
  const frozen = { optimizer: { name: "sgd", learningRate: 0 } as const };
  const model = classifier([2], frozen);
  const fit = (options: FitOptions) => model.fit(X, LABELS, { validationSplit: 0.4, ...options });
  const plain = (await fit({})).epochs[0]!["valLoss"]!;
  expect((await fit({ classWeight: CLASSES })).epochs[0]!["valLoss"]).toBeCloseTo(plain, 12);
  const doubled = await fit({ sampleWeight: [1, 1, 1, 2, 2] });
  expect(doubled.epochs[0]!["valLoss"]).toBeCloseTo(2 * plain, 12);
});

it("smooth labels cost what Keras says", () => {
  const rows = sampled([4, 3], 4);
  const a = rows.abs().add(0.1);
  const p = a.div(a.sum(1, true));
  const labels = tensor([0, 2, 1, 1], "int32");
  const y = tensor([
    [1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
    [0, 1, 0],
  ]);
  const smooth = { labelSmoothing: 0.1 };
  const of = lossOf({ name: "categoricalCrossentropy", ...smooth });
  expectNumbers([...of.perExample(y, p).data], KERAS["smoothCategorical"], 6);
  expectNumbers([...of.ofLogits!(y, rows).data], KERAS["smoothLogits"], 6);
  for (const name of ["sparseCategoricalCrossentropy", "logLikelihood"] as const) {
    const ofLabels = lossOf({ name, ...smooth });
    expectNumbers([...ofLabels.perExample(labels, p).data], KERAS["smoothCategorical"], 6);
  }
  const binary = lossOf({ name: "binaryCrossentropy", labelSmoothing: 0.2 });
  expectNumbers([...binary.perExample(y, p).data], KERAS["smoothBinary"], 6);
  expect(() => lossOf({ name: "crossEntropy", labelSmoothing: 2 })).toThrow("from 0 to 1");
});

describe("what does not fit", () => {
  it.each<[FitOptions, string]>([
    [{ classWeight: { 7: 2 } }, 'expected classes from 0 to 2, received a weight for class "7"'],
    [{ classWeight: { cat: 2 } as never }, 'received a weight for class "cat"'],
    [{ classWeight: [1, 2] }, "expected 3 weights, one for each class, received 2"],
    [{ classWeight: [1, 2, -3] }, "weights of 0 or more"],
    [
      { sampleWeight: [1, 2] },
      "fit: sampleWeight: expected [5], one number for each example, received [2]",
    ],
    [{ sampleWeight: [1, 2, -3, 1, 1] }, "expected finite numbers of 0 or more, received -3"],
    [{ sampleWeight: [1, 2, Number.NaN, 1, 1] }, "received NaN"],
    [{ sampleWeight: "all" as never }, "expected sampleWeight to be a tensor"],
    [{ mask: [true, false] as never }, "fit: mask: expected [5]"],
    [{ mask: [1, 0, 2, 1, 1] }, "fit: mask: expected 0 and 1, or true and false, received 2"],
    [
      { validationData: [X, LABELS, { sampleWeight: [1] }] },
      "fit: validationData: sampleWeight: expected [5]",
    ],
    [{ validationData: [X, LABELS, { weight: [1] } as never] }, 'there is no option "weight"'],
  ])("%# is refused", async (options, text) => {
    const model = classifier();
    const before = parametersOf(model);
    await expect(model.fit(X, LABELS, options)).rejects.toThrow(text);
    expect(parametersOf(model)).toEqual(before);
  });

  it("a mask of another length than the sequence", async () => {
    const model = classifier([4, 2]);
    const mask = [
      [1, 1, 1],
      [1, 1, 1],
      [1, 0, 0],
    ];
    await expect(model.fit(STEPS, STEP_LABELS, { mask })).rejects.toThrow(
      "fit: mask: expected [3] or [3, 4], one number for each example or each of its places, received [3, 3]",
    );
  });

  it("a loss of one's own that gives the mean alone", async () => {
    const model = classifier([2], { loss: (_, a) => a.square().mean() as never });
    await expect(
      model.fit(
        X,
        [[0, 0, 1]].flatMap((row) => Array(5).fill(row)),
        { sampleWeight: WEIGHTS },
      ),
    ).rejects.toThrow(
      "expected one number for each example, since they have weights, received their mean",
    );
  });

  it("outputs that the network has not", () => {
    const model = () => sequential([inputLayer([2]), dense(1, { name: "size" })]);
    const compile = (options: Partial<CompileModelOptions>) => () =>
      model().compile({ loss: "mse", optimizer: "sgd", ...options });
    expect(compile({ loss: { sise: "mse" } })).toThrow('"sise". Did you mean "size"?');
    expect(compile({ loss: {} })).toThrow('received none for "size"');
    expect(compile({ metrics: { kind: ["mae"] } })).toThrow('"kind"');
    expect(compile({ metrics: { size: "mae" as never } })).toThrow("expected a list");
    expect(compile({ lossWeights: [1, 2] })).toThrow("expected 1 lossWeights, received 2");
    expect(compile({ lossWeights: { size: -1 } })).toThrow("expected lossWeights to be");
    expect(compile({ lossWeights: [0] })).toThrow("of which one is above 0");
    expect(compile({ lossWeights: 2 as never })).toThrow("received 2");
  });

  it("class weights for several outputs", async () => {
    const place = input([2]);
    const ends = [connect(dense(2), place), connect(dense(2), place)];
    const model = functionalModel(network([place], ends), { dtype: "float64" }).compile({
      loss: "mse",
      optimizer: "sgd",
    });
    const y = sampled([5, 2], 1);
    await expect(model.fit(X, [y, y], { classWeight: [1, 2] })).rejects.toThrow(
      "expected a model of one output, received one of 2: take sampleWeight",
    );
  });
});
