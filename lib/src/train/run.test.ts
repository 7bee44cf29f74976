// Run specifications carried out: chains, graphs of nodes, and what is refused.

import { describe, expect, it } from "vitest";
import "../tensor/methods.ts";
import { circles } from "../data/index.ts";
import { callbacksOf, modelOf, trainRun } from "./run.ts";
import { parseRunSpec, type RunSpecInput, readRunSpec } from "./runspec.ts";

const data = circles({ samples: 80, noise: 0, seed: 2 });

const SPEC: RunSpecInput = {
  version: 1,
  data: { name: "circles" },
  model: {
    layers: [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 6, activation: "tanh" },
      { kind: "dense", units: 1, activation: "sigmoid" },
    ],
  },
  loss: "binaryCrossentropy",
  optimizer: { name: "adam", learningRate: 0.05 },
  metrics: ["accuracy"],
  training: { epochs: 3, batchSize: 8 },
};

const NODES: RunSpecInput["model"] = {
  inputs: ["x"],
  outputs: ["y"],
  nodes: [
    { kind: "input", id: "x", reads: [], shape: [2] },
    { kind: "dense", id: "left", reads: ["x"], units: 4, activation: "tanh" },
    { kind: "dense", id: "right", reads: ["x"], units: 4, activation: "relu" },
    { kind: "concatenate", id: "both", reads: ["left", "right"] },
    { kind: "dense", id: "y", reads: ["both"], units: 1, activation: "sigmoid" },
  ],
};

describe("the rate of a run", () => {
  const scheduled = (optimizer: RunSpecInput["optimizer"]) =>
    parseRunSpec({ ...SPEC, optimizer, schedule: { name: "exponential", rate: 0.05, decay: 0.7 } });

  it("stands in one place, or is the same in both", () => {
    modelOf(scheduled("adam"));
    modelOf(scheduled({ name: "adam", learningRate: 0.05 }));
    expect(() => modelOf(scheduled({ name: "adam", learningRate: 0.7 }))).toThrow(
      "spec: optimizer.learningRate: expected the schedule's rate, 0.05, or nothing, received 0.7",
    );
  });

  it("is not negative", () => {
    const spec = parseRunSpec({ ...SPEC, optimizer: { name: "sgd", learningRate: -1 } });
    expect(() => modelOf(spec)).toThrow(
      "spec: optimizer: sgd: expected a learningRate of 0 or more, received -1",
    );
  });
});

it("does not both follow a schedule and halve its rate", () => {
  const both = { ...SPEC, schedule: "cosine", halving: { monitor: "loss", patience: 5 } };
  expect(() => modelOf(parseRunSpec(both))).toThrow("spec: halving: expected no schedule besides");
});

describe("a run", () => {
  it.each([
    ["a chain of layers", SPEC],
    ["a graph of nodes", { ...SPEC, model: NODES }],
    [
      "a schedule, a penalty and early stopping",
      {
        ...SPEC,
        schedule: { name: "cosine", epochs: 3 },
        regularizer: { kind: "l2", lambda: 0.01, convention: "network2" },
        stopping: { monitor: "loss", patience: 5 },
      },
    ],
    ["halving", { ...SPEC, halving: { monitor: "loss", patience: 5 } }],
  ] as const)("trains %s", async (_what, input) => {
    const spec = parseRunSpec(input);
    const history = await trainRun(spec, modelOf(spec), data, { callbacks: callbacksOf(spec) });
    expect(history.epochs.length).toBe(3);
    expect(history.epochs.at(-1)!.loss).toBeLessThan(history.epochs[0]!.loss);
  });

  it("is the same after its model was written down again", () => {
    const spec = parseRunSpec({ ...SPEC, model: NODES });
    const written = modelOf(spec).network.spec!;
    const again = modelOf(parseRunSpec({ ...SPEC, model: JSON.parse(JSON.stringify(written)) }));
    expect(again.summary()).toBe(modelOf(spec).summary());
  });
});

describe("a bad specification", () => {
  const cases: [string, object, string][] = [
    [
      "layer",
      {
        model: {
          layers: [
            { kind: "input", shape: [2] },
            { kind: "dens", units: 1 },
          ],
        },
      },
      'model.layers.1: Unknown layer "dens". Did you mean "dense"?',
    ],
    [
      "first layer",
      { model: { layers: [{ kind: "dense", units: 1 }] } },
      'model.layers.0: expected { "kind": "input"',
    ],
    ["node", { model: { ...NODES, outputs: ["z"] } }, 'model.outputs: there is no node "z"'],
    [
      "loss",
      { loss: "crossEntropie" },
      'loss: Unknown loss "crossEntropie". Did you mean "crossEntropy"?',
    ],
    [
      "optimizer",
      { optimizer: { name: "adam", beta: 1 } },
      'optimizer: optimizer "adam": there is no option "beta"',
    ],
    [
      "metric",
      { metrics: ["acuracy"] },
      'metrics.0: Unknown metric "acuracy". Did you mean "accuracy"?',
    ],
  ];
  it.each(cases)("is refused by its %s", (_field, change, message) => {
    expect(() => modelOf(parseRunSpec({ ...SPEC, ...change }))).toThrow(message);
  });

  it("is refused as text that is not JSON, or another version", () => {
    expect(() => readRunSpec("{")).toThrow("spec: this is not JSON");
    expect(() => parseRunSpec({ ...SPEC, version: 2 })).toThrow("spec: version: ");
    expect(() => parseRunSpec({ ...SPEC, optimiser: "sgd" })).toThrow("optimiser");
  });
});
