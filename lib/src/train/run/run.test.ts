// Run specifications carried out: chains, graphs of nodes, and what is refused.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { codeOf } from "../../code/typescript/program.ts";
import { circles } from "../../data/index.ts";
import { parseRunSpec, type RunSpecInput, readRunSpec } from "../../spec/runspec.ts";
import { callbacksOf, modelOf, networkOf, trainRun } from "./run.ts";

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
      "spec: optimizer: sgd: expected learningRate to be a number of 0 or more, received -1",
    );
  });
});

describe("a run with a clip, accumulated batches, averaged weights and decay of chosen ones", () => {
  const more = {
    optimizer: { name: "adamW", weightDecay: 0.1, decayOn: ["dense1"] },
    clip: { globalNorm: 0.5 },
    averageWeights: { kind: "swa", start: 2 },
    schedule: { name: "piecewise", rate: 0.1, boundaries: [1, 2], factors: [0.5, 0.1] },
    training: { epochs: 3, batchSize: 8, accumulate: 2 },
  } as const;
  const spec = parseRunSpec({ ...SPEC, ...more });

  it("trains as its code does, word for word", async () => {
    const model = modelOf(spec);
    await trainRun(spec, model, data);
    const own = modelOf(parseRunSpec(SPEC));
    const { schedule, training, ...compiled } = more;
    own.compile({ loss: "binaryCrossentropy", metrics: ["accuracy"], ...compiled });
    await own.fit(data.train.x, data.train.y, { ...training, schedule });
    expect([...own.state.snapshot()]).toEqual([...model.state.snapshot()]);
    expect([...own.state.variables.keys()]).toContain("average/dense1/w");
    expect(own.instance.step.item()).toBe(9); // 40 rows by 16
    const code = codeOf(spec);
    for (const line of [
      'optimizer: { name: "adamW", weightDecay: 0.1, decayOn: ["dense1"] },',
      "clip: { globalNorm: 0.5 },",
      'averageWeights: { kind: "swa", start: 2 },',
      "accumulate: 2,",
      'schedule: { name: "piecewise", rate: 0.1, boundaries: [1, 2], factors: [0.5, 0.1] },',
    ]) {
      expect(code).toContain(line);
    }
  });

  it.each<[object, string]>([
    [{ clip: { norm: 0 } }, "spec: clip.norm: expected a number above 0, received 0"],
    [{ clip: { norms: 1 } }, 'clip.norms: there is no such field. Did you mean "norm"?'],
    [{ clip: {} }, "spec: clip: clip: expected one of value, norm and globalNorm"],
    [{ averageWeights: { kind: "mean" } }, 'averageWeights.kind: expected "ema" or "swa"'],
    [{ averageWeights: { kind: "swa", decay: 0.5 } }, 'expected no decay for "swa"'],
    [
      { training: { ...more.training, accumulate: 1.5 } },
      "training.accumulate: expected a whole number above 0, received 1.5",
    ],
    [{ schedule: { name: "piecewise", factors: [1] } }, "a factor for each of 2 boundaries"],
  ])("%j is refused", (part, message) => {
    expect(() => modelOf(parseRunSpec({ ...SPEC, ...more, ...part }))).toThrow(message);
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

describe("a specification in a file", () => {
  const text = JSON.stringify(SPEC);

  it("may begin with a byte order mark", () => {
    expect(readRunSpec(`\ufeff${text}`)).toEqual(parseRunSpec(SPEC));
  });

  it("gives each key once, and does not nest without end", () => {
    expect(() => readRunSpec(text.replace("{", '{"loss": "mse", '))).toThrow(
      /gives the key "loss" twice/,
    );
    const deep = text.replace('"sigmoid"', "[".repeat(1e5) + "]".repeat(1e5));
    expect(() => readRunSpec(deep)).toThrow(/^spec: this nests lists and objects deeper than 100/);
    expect(() => readRunSpec(3 as never)).toThrow("readRunSpec: expected text to be a text");
  });

  it("asks for no more samples than can be drawn, and for finite numbers", () => {
    const withData = (data: string) => () =>
      readRunSpec(text.replace('{"name":"circles"}', `{"name":"circles",${data}}`));
    expect(withData('"samples":1000000')().data.samples).toBe(1e6);
    expect(withData('"samples":1000001')).toThrow(/data\.samples: .*1000000, received 1000001/);
    expect(withData('"samples":1e300')).toThrow(/data\.samples: .*received 1e\+300/);
    expect(withData('"noise":1e999')).toThrow(/data\.noise: .*received Infinity/);
  });

  it("is looked at by whatever carries it out", async () => {
    const loop: { self?: object } = {};
    loop.self = loop;
    expect(() => parseRunSpec({ ...SPEC, loss: { name: "mse", loop } })).toThrow(
      /nest deeper than/,
    );
    for (const f of [
      modelOf,
      callbacksOf,
      (spec: never) => trainRun(spec, modelOf(parseRunSpec(SPEC)), data),
    ]) {
      await expect(async () => f({} as never)).rejects.toThrow(
        "spec: version: expected this field",
      );
    }
    const spec = parseRunSpec(SPEC);
    await expect(trainRun(spec, {} as never, data)).rejects.toThrow("expected model to be a model");
    await expect(trainRun(spec, modelOf(spec), {} as never)).rejects.toThrow(
      "expected data to be a",
    );
    await expect(trainRun(spec, modelOf(spec), data, { callback: [] } as never)).rejects.toThrow(
      'Did you mean "callbacks"?',
    );
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

it("an input of a graph reads no other node, be it one or two", () => {
  const input = { kind: "input", shape: [2] };
  const nodes = [
    { id: "a", reads: [], ...input },
    { id: "b", reads: [], ...input },
  ];
  for (const reads of [["a"], ["a", "b"]]) {
    const spec = {
      inputs: ["a"],
      outputs: ["c"],
      nodes: [...nodes, { id: "c", reads, ...input }],
    };
    expect(() => networkOf(spec)).toThrow("spec: model.nodes.2: an input reads nothing");
  }
});
