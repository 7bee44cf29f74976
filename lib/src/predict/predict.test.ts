// Predictors give what the saved model gives, and refuse what is no model.

import { describe, expect, it } from "vitest";
import "../tensor/methods.ts";
import { loadData } from "../data/registry.ts";
import { referenceEngine } from "../engines/reference/reference.ts";
import { encodeSafetensors } from "../formats/index.ts";
import {
  avgPool2d,
  batchNormalization,
  bidirectional,
  block,
  concatenateLayer,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  globalPool,
  gru,
  lstm,
  maxout,
  prelu,
  residual,
  simpleRnn,
  transformerBlock,
} from "../nn/layers/index.ts";
import { network } from "../nn/network/functional.ts";
import { connect, input } from "../nn/network/place.ts";
import { engine, setEngine } from "../runtime/interpreter/current.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import { parseRunSpec } from "../spec/runspec.ts";
import { cast, floor, mul } from "../tensor/elementwise.ts";
import { key, normal, uniform } from "../tensor/random.ts";
import { encodeCheckpoint } from "../train/files/checkpoint.ts";
import { saveModel } from "../train/files/saved-model.ts";
import type { Model } from "../train/model/model.ts";
import { functionalModel, sequential } from "../train/model/sequential.ts";
import { modelOf, trainRun } from "../train/run/run.ts";
import { loadPredictor } from "./load.ts";

const small = (shape: readonly number[]): Tensor => normal(key(3), [5, ...shape]);
const words = (): Tensor => cast(floor(mul(uniform(key(4), [5, 6]), 10)), "int32");

const MODELS: readonly [string, () => Model, () => Tensor][] = [
  [
    "dense layers",
    () => sequential([3], dense(4, { activation: "tanh" }), dropout(0.5), prelu(), dense(2)),
    () => small([3]),
  ],
  [
    "a convolutional network",
    () =>
      sequential(
        [6, 6, 1],
        conv2d(3, 3, { activation: "relu", padding: "same" }),
        batchNormalization(),
        avgPool2d(2),
        flatten(),
        maxout(3),
      ),
    () => small([6, 6, 1]),
  ],
  [
    "recurrent layers",
    () => sequential([4, 2], bidirectional(lstm(3, { returnSequences: true })), gru(2)),
    () => small([4, 2]),
  ],
  [
    "words and a transformer block",
    () => sequential([6], embedding(10, 8), transformerBlock(2), globalPool("average"), dense(2)),
    words,
  ],
  [
    "layers inside layers",
    () =>
      sequential([3], residual([block([dense(3, { activation: "relu" }), dense(3)])]), dense(1)),
    () => small([3]),
  ],
  [
    "doubles",
    () => sequential([3], dense(2)).with({ dtype: "float64" }),
    () => cast(small([3]), "float64"),
  ],
];

describe.each(MODELS)("a predictor of %s", (_, make, given) => {
  it("gives what the model gives on the same engine, to the house's bound of compiled code", async () => {
    const model = make().with({ seed: 7 });
    const { shape, data } = await (await loadPredictor(saveModel(model))).predict(given());
    const expected = await model.predict(given());
    expect(shape).toEqual(expected.shape);
    expect(data.constructor).toBe(expected.data.constructor);
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.data[i]!, 5);
    });
  });

  it("gives the same bits on the reference engine", async () => {
    const before = engine();
    setEngine(referenceEngine);
    try {
      const model = make().with({ seed: 7, engine: referenceEngine });
      const predictor = await loadPredictor(saveModel(model));
      const [own, others] = [await predictor.predict(given()), await model.predict(given())];
      expect([...own.data]).toEqual([...others.data]);
    } finally {
      setEngine(before);
    }
  });
});

describe("a predictor", () => {
  it("computes batch by batch, of plain numbers too", async () => {
    const model = sequential([2], dense(3));
    const predictor = await loadPredictor(saveModel(model));
    expect(predictor.inputShapes).toEqual([[2]]);
    const rows = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const [whole, parts] = [
      await predictor.predict(rows),
      await predictor.predict(rows, { batchSize: 2 }),
    ];
    expect(whole.shape).toEqual([3, 3]);
    expect(parts).toEqual(whole);
    await expect(predictor.predict([[1, 2, 3]])).rejects.toThrow(/predict: expected/);
    await expect(predictor.predict(rows, { batch: 2 } as never)).rejects.toThrow(/batchSize/);
  });

  it("has an output for each of the network's", async () => {
    const [a, b] = [input([3]), input([2])];
    const both = connect(concatenateLayer(), connect(dense(2), a), b);
    const model = functionalModel(network([a, b], [connect(dense(1), both), both]));
    const predictor = await loadPredictor(saveModel(model));
    const x = [small([3]), small([2])];
    const outputs = await predictor.predictAll(x);
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [5, 1],
      [5, 4],
    ]);
    await expect(predictor.predict(x)).rejects.toThrow(/predictAll/);
  });

  it("goes on with the state of a stateful layer, and begins anew", async () => {
    const cell = simpleRnn(2, { stateful: true, batchSize: 1 } as never);
    const model = sequential([3, 1], cell);
    const predictor = await loadPredictor(saveModel(model));
    const x = [[[1], [2], [3]]];
    const first = await predictor.predict(x);
    const second = await predictor.predict(x);
    expect([...second.data]).not.toEqual([...first.data]);
    expect([...second.data].length).toBe(2);
    predictor.resetStates();
    expect(await predictor.predict(x)).toEqual(first);
  });

  it("reads the checkpoint of a run, by its averaged weights", async () => {
    const spec = parseRunSpec({
      version: 1,
      data: { name: "xor" },
      model: {
        layers: [
          { kind: "input", shape: [2] },
          { kind: "dense", units: 2, activation: "tanh" },
          { kind: "dense", units: 1, activation: "sigmoid" },
        ],
      },
      loss: "mse",
      optimizer: { name: "sgd", learningRate: 1 },
      averageWeights: { kind: "ema", decay: 0.9 },
      training: { epochs: 20, batchSize: 4 },
    });
    const [model, data] = [modelOf(spec), await loadData(spec.data)];
    const { epochs } = await trainRun(spec, model, data);
    const predictor = await loadPredictor(encodeCheckpoint(model, { spec, epochs }));
    const [own, mean, trained] = [
      await predictor.predict(data.train.x),
      await model.predict(data.train.x),
      await model.predict(data.train.x, { weights: "trained" }),
    ];
    own.data.forEach((value, i) => {
      expect(value).toBeCloseTo(mean.data[i]!, 6);
    });
    expect(Math.abs(own.data[0]! - trained.data[0]!)).toBeGreaterThan(1e-5);
  });
});

describe("loadPredictor refuses", () => {
  const model = () => sequential([2], dense(2));
  it("what is damaged, weights alone, and a file without one of its variables", async () => {
    await expect(loadPredictor(new Uint8Array(9))).rejects.toThrow(/safetensors/);
    const weights = encodeSafetensors(new Map(), {});
    await expect(loadPredictor(weights)).rejects.toThrow(/hold no run/);
    const { architecture } = await import("../train/files/checkpoint.ts").then(
      ({ decodeCheckpoint }) => decodeCheckpoint(saveModel(model())),
    );
    const about = { version: 1, spec: null, architecture, epochs: [], callbacks: {} };
    const bare = encodeSafetensors(new Map(), { neurite: JSON.stringify(about) });
    await expect(loadPredictor(bare)).rejects.toThrow(/holds no "params\/dense1\/w"/);
    const wrong = { dtype: "float32", shape: [3, 2], data: new Float32Array(6) } as const;
    const other = encodeSafetensors(new Map([["params/dense1/w", wrong]]), {
      neurite: JSON.stringify(about),
    });
    await expect(loadPredictor(other)).rejects.toThrow(/float32\[3, ?2\].*expected/);
  });
});
