// What flags make of a specification, and which of them contradict each other.

import { DEFAULT_RUNS, modelOf, parseRunSpec, type RunSpecInput } from "neurite/train";
import { describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";
import { applyFlags } from "./apply.ts";
import type { RunFlags } from "./flags.ts";

const mnist = DEFAULT_RUNS["mnist"]!;
const iris = DEFAULT_RUNS["iris"]!;
const changed = (flags: RunFlags, spec: RunSpecInput = iris) =>
  parseRunSpec(applyFlags(spec, flags));
const layersOf = (flags: RunFlags, spec: RunSpecInput = iris) =>
  (changed(flags, spec).model as Extract<RunSpecInput["model"], { layers: unknown }>).layers;

describe("flags", () => {
  it("build the net of Nielsen's first chapter", () => {
    const start = { weights: "normal", biases: "normal" };
    const spec = changed(
      {
        hidden: [30],
        activation: ["sigmoid"],
        outputActivation: "sigmoid",
        initializer: "normal",
        loss: "quadratic",
        optimizer: "sgd",
        learningRate: 3,
        batchSize: 10,
        epochs: 30,
      },
      mnist,
    );
    expect(spec).toEqual(
      parseRunSpec({
        version: 1,
        data: { name: "mnist" },
        model: {
          layers: [
            { kind: "input", shape: [784] },
            { kind: "rescaling", scale: 1 / 255 },
            { kind: "dense", units: 30, activation: "sigmoid", ...start },
            { kind: "dense", units: 10, activation: "sigmoid", ...start },
          ],
        },
        loss: "quadratic",
        optimizer: { name: "sgd", learningRate: 3 },
        metrics: ["accuracy"],
        training: { epochs: 30, batchSize: 10 },
      }),
    );
  });

  it("build the net of his third chapter, with its cost, penalty and halved rate", () => {
    const spec = changed(
      {
        activation: ["sigmoid"],
        loss: "binaryCrossentropy",
        initializer: "scaledNormal",
        biasInitializer: "normal",
        l2: 5,
        penaltyConvention: "network2",
        halving: { patience: 10, stopBelow: 1 / 128 },
        validationSplit: 1 / 6,
        monitor: "valAccuracy",
      },
      mnist,
    );
    expect(spec).toMatchObject({
      loss: "binaryCrossentropy",
      regularizer: { kind: "l2", lambda: 5, convention: "network2" },
      halving: { patience: 10, stopBelow: 1 / 128, monitor: "valAccuracy" },
      training: { validationSplit: 1 / 6 },
    });
    expect((spec.model as { layers: readonly object[] }).layers.slice(2)).toEqual(
      [100, 10].map((units) => ({
        kind: "dense",
        units,
        activation: "sigmoid",
        weights: "scaledNormal",
        biases: "normal",
      })),
    );
    expect(() => modelOf(spec)).not.toThrow();
  });

  it("give each hidden layer an activation of its own, or all the same", () => {
    const bent = (activation: RunFlags["activation"]) =>
      layersOf({ hidden: [8, 4], ...(activation && { activation }) })
        .slice(1, -1)
        .map((layer) => [layer["activation"], layer["weights"]]);
    expect(bent(["tanh", { name: "LeakyReLU", alpha: 0.1 }])).toEqual([
      ["tanh", "glorotUniform"],
      [{ name: "leakyRelu", alpha: 0.1 }, "heNormal"],
    ]);
    expect(bent(["tanh"])).toEqual(Array(2).fill(["tanh", "glorotUniform"]));
    expect(bent(undefined)).toEqual(Array(2).fill(["relu", "heNormal"]));
    expect(() => bent(["relu", "tanh", "elu"])).toThrow(
      "--activation: expected one name, or one for each of the 2 hidden layers, received 3",
    );
  });

  it("leave the biases to zeros where weights are drawn by the width of their layer", () => {
    expect(layersOf({ initializer: "xavierNormal" })[1]).toMatchObject({ weights: "glorotNormal" });
    expect(layersOf({ initializer: "xavierNormal" })[1]).not.toHaveProperty("biases");
    const constant = { name: "constant", value: 0.1 };
    expect(layersOf({ biasInitializer: constant })[1]).toMatchObject({
      weights: "heNormal",
      biases: constant,
    });
  });

  it("say L1 or L2, and by whose convention", () => {
    expect(changed({ l1: 0.1 }).regularizer).toEqual({
      kind: "l1",
      lambda: 0.1,
      convention: "keras",
    });
    const before = {
      ...iris,
      regularizer: { kind: "l2", lambda: 3, convention: "keras" },
    } as const;
    expect(changed({ penaltyConvention: "nndl" }, before).regularizer).toMatchObject({
      lambda: 3,
      convention: "nndl",
    });
  });

  it("end a schedule with the run, from the rate of the optimizer", () => {
    const of = (flags: RunFlags) => {
      const { schedule, optimizer } = changed(flags);
      return { schedule, optimizer };
    };
    expect(of({ schedule: "cosine", epochs: 7 })).toEqual({
      schedule: { name: "cosine", epochs: 7, rate: 0.01 },
      optimizer: { name: "adam", learningRate: 0.01 },
    });
    expect(of({ schedule: { name: "cosine", epochs: 3 }, epochs: 7 }).schedule).toMatchObject({
      epochs: 3,
    });
    expect(of({ schedule: { name: "exponential", rate: 0.5 } })).toEqual({
      schedule: { name: "exponential", rate: 0.5 },
      optimizer: { name: "adam", learningRate: 0.5 },
    });
    expect(of({ optimizer: "sgd", momentum: 0.9, learningRate: 0.2 }).optimizer).toEqual({
      name: "sgd",
      learningRate: 0.2,
      momentum: 0.9,
    });
    const scheduled = { ...iris, schedule: "cosine" };
    expect(changed({ schedule: "none" }, scheduled).schedule).toBeUndefined();
    expect(() => of({ schedule: { name: "exponential", rate: 0.5 }, learningRate: 0.1 })).toThrow(
      "its rate is 0.5 and --learning-rate 0.1",
    );
  });

  it("stop early at the best epoch, or no more", () => {
    const stopped = changed({ patience: 5, validationSplit: 0.2 });
    expect(stopped.stopping).toEqual({ patience: 5, restoreBest: true });
    expect(changed({ patience: 0 }, stopped).stopping).toBeUndefined();
    expect(changed({ restoreBest: false }, stopped).stopping).toEqual({
      patience: 5,
      restoreBest: false,
    });
    expect(changed({ epochs: 3 }, stopped).stopping).toEqual(stopped.stopping);
    expect(() => applyFlags(stopped, { validationSplit: 0, monitor: "valAccuracy" })).toThrow(
      "--patience: it watches valAccuracy, so that examples must be set aside",
    );
  });

  it("set what else a specification says", () => {
    expect(
      changed({ dtype: "float64", shuffle: false, metrics: ["f1"], classWeights: "balanced" }),
    ).toMatchObject({
      dtype: "float64",
      metrics: ["f1"],
      training: { shuffle: false, classWeights: "balanced" },
    });
  });
});

describe("neurite train", () => {
  it("refuses flags that say nothing, in sentences", async () => {
    const refusals: readonly (readonly [string, RegExp])[] = [
      ["--output-activation sofmax", /--output-activation: .*Did you mean "softmax"\?/],
      ["--activation relu,tnh", /--activation: .*Did you mean "tanh"\?/],
      ["--activation elu:alhpa=1", /--activation: .*"alhpa".* Did you mean "alpha"\?/],
      ["--initializer henormel", /--initializer: .*Did you mean "heNormal"\?/],
      ["--bias-initializer zeroes", /--bias-initializer: .*Did you mean "zeros"\?/],
      ["--l1 1 --l2 1", /--l1, --l2: expected one penalty/],
      ["--l2 1 --penalty-convention network4", /--penalty-convention: .*Did you mean "network2"/],
      ["--penalty-convention nndl", /expected a penalty, as in --l2 5/],
      ["--optimizer adam --momentum 0.9", /--momentum: .*"momentum"/],
      ["--schedule cosin", /--schedule: .*Did you mean "cosine"\?/],
      ["--schedule cosine:epoch=3", /--schedule: .*Did you mean "epochs"\?/],
      ["--patience 3", /--patience: it watches valLoss.* --validation-split 0\.1/],
      ["--halving 3", /--halving: it watches valLoss/],
      ["--halving 3:fctor=0.5 --monitor loss", /--halving: .*Did you mean "factor"\?/],
      ["--monitor loss", /--monitor: expected something that watches/],
      ["--no-restore-best", /--restore-best: expected --patience/],
      ["--metrics acuracy", /--metrics: .*Did you mean "accuracy"\?/],
      ["--dtype float16", /--dtype: .*Did you mean "float(32|64)"\?/],
    ];
    for (const [flags, message] of refusals) {
      const { code, stdout, stderr } = await neurite("train", "iris", ...flags.split(" "));
      expect(stderr).toMatch(message);
      expect([code, stdout]).toEqual([2, ""]);
    }
  });

  it("weighs classes by their names", async () => {
    const train = (weights: string) =>
      neurite("train", "iris", "--epochs", "1", "-q", "--class-weights", weights);
    const all = await train("balanced");
    expect(all.code).toBe(0);
    expect((await train("virginica=50")).stdout).not.toBe(all.stdout);
    const wrong = await train("virginia=2");
    expect(wrong.stderr).toMatch(/training\.classWeights: .*Did you mean "virginica"\?/);
    expect(wrong.code).toBe(1);
  });
});
