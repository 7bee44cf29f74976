// A saved model is rebuilt from its file alone, and predicts the same to the bit.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { ArgumentError, FileError } from "../../checks/errors.ts";
import { circles } from "../../data/index.ts";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "../../formats/index.ts";
import { connect, input, network } from "../../nn/index.ts";
import {
  concatenateLayer,
  conv2d,
  dense,
  dropout,
  flatten,
  type Layer,
  lstm,
  maxPool2d,
  rescaling,
} from "../../nn/layers/index.ts";
import { parseRunSpec } from "../../spec/runspec.ts";
import { key, normal } from "../../tensor/random.ts";
import type { Model } from "../model/model.ts";
import { functionalModel, sequential } from "../model/sequential.ts";
import { modelOf, trainRun } from "../run/run.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { loadModel, saveModel } from "./saved-model.ts";

function branches() {
  const a = input([3]);
  const b = input([2]);
  const left = connect(dense(4, { name: "left", activation: { name: "elu", alpha: 0.5 } }), a);
  const right = connect(dense(2), b);
  const both = connect(concatenateLayer(), left, right);
  return network([a, b], [connect(dense(1), both), connect(dense(2, { name: "second" }), right)]);
}

const models: readonly [string, () => Model, number[][]][] = [
  [
    "a chain",
    () => sequential([dense(5, { inputShape: [3], activation: "gelu" }), dropout(0.5), dense(2)]),
    [[3]],
  ],
  [
    "a convolutional chain",
    () =>
      sequential(
        [6, 6, 1],
        rescaling(1 / 255),
        conv2d(3, 3, { activation: "relu", padding: "same" }),
        maxPool2d(2),
        flatten(),
        dense(4, { weights: "heNormal" }),
      ),
    [[6, 6, 1]],
  ],
  ["a recurrent chain", () => sequential([4, 2], lstm(3), dense(1)), [[4, 2]]],
  ["a graph with names", () => functionalModel(branches()), [[3], [2]]],
  ["a chain of doubles", () => sequential([3], dense(2)).with({ dtype: "float64" }), [[3]]],
];

describe.each(models)("%s", (_, make, shapes) => {
  const inputs = (model: Model) =>
    shapes.map((shape, i) => {
      const x = normal(key(i), [5, ...shape]);
      return model.instance.dtype === "float64" ? x.cast("float64") : x;
    });
  const predicted = async (model: Model) => (await model.predictAll(inputs(model))).map(String);

  it("is rebuilt from its file", async () => {
    const model = make().with({ seed: 9 });
    const loaded = loadModel(saveModel(model));
    expect(await predicted(loaded)).toEqual(await predicted(model));
    expect([...loaded.state.variables.keys()]).toEqual([...model.state.variables.keys()]);
    expect(loaded.instance.seed).toBe(9);
    expect(saveModel(loaded)).toEqual(saveModel(model));
  });
});

describe("the file", () => {
  const made = () => sequential([2], dense(64), dense(1));

  it("holds the weights alone, a third of what Adam keeps", () => {
    const model = made().compile({ loss: "mse", optimizer: "adam" });
    const [small, large] = [saveModel(model), encodeCheckpoint(model, { epochs: [] })];
    const { variables } = decodeCheckpoint(small);
    expect([...variables.keys()].every((name) => name.startsWith("params/"))).toBe(true);
    const numbers = (file: Uint8Array) =>
      [...decodeCheckpoint(file).variables.values()].reduce(
        (sum, { data }) => sum + data.length,
        0,
      );
    expect(numbers(large)).toBeGreaterThan(3 * numbers(small));
  });

  it("may be a checkpoint of a model that no specification describes", async () => {
    const model = made().compile({ loss: "mse", optimizer: "adam" });
    const x = normal(key(0), [4, 2]);
    const { epochs } = await model.fit(x, normal(key(1), [4, 1]), { epochs: 2 });
    const loaded = loadModel(encodeCheckpoint(model, { epochs }));
    expect(String(await loaded.predict(x))).toBe(String(await model.predict(x)));
    expect(() => loaded.training).toThrow(/call compile\(\) first/);
  });

  it("may be a run, which is compiled and goes on", async () => {
    const spec = parseRunSpec({
      version: 1,
      data: { name: "circles" },
      model: {
        layers: [
          { kind: "input", shape: [2] },
          { kind: "dense", units: 1, activation: "sigmoid" },
        ],
      },
      loss: "binaryCrossentropy",
      optimizer: "adam",
      training: { epochs: 2, batchSize: 8 },
    });
    const data = circles({ samples: 80, noise: 0, seed: 2 });
    const model = modelOf(spec);
    const { epochs } = await trainRun(spec, model, data);
    const loaded = loadModel(encodeCheckpoint(model, { spec, epochs }));
    expect(loaded.state.snapshot()).toEqual(model.state.snapshot());
    const figures = await model.evaluate(data.test.x, data.test.y);
    expect(await loaded.evaluate(data.test.x, data.test.y)).toEqual(figures);
  });

  it("says that it cannot be rebuilt where a layer is the program's own", () => {
    const own: Layer = {
      kind: "twice",
      spec: null,
      outputShape: (shape) => shape,
      init: () => ({ params: {}, state: {} }),
      apply: ({ state }, x) => ({ y: x.mul(2), state }),
    };
    const model = sequential([2], dense(3), own);
    expect(() => loadModel(saveModel(model))).toThrow(FileError);
    expect(() => loadModel(saveModel(model))).toThrow(/layer was of the program's own: build the/);
  });

  it.each<[string, object | null, RegExp]>([
    ["null", null, /^checkpoint: what it says of its run is null, expected an object/],
    ["no object", [], /^checkpoint: what it says of its run is \[\], expected an object/],
    ["of no version", {}, /^checkpoint: expected version 1, received nothing/],
    ["without epochs", { version: 1 }, /^checkpoint: its list of epochs is damaged/],
    ["with an epoch null", { version: 1, epochs: [null] }, /list of epochs is damaged/],
    [
      "with states as a list",
      { version: 1, epochs: [], callbacks: [] },
      /states of callbacks are \[\]/,
    ],
    [
      "with a spec of numbers",
      { version: 1, epochs: [], spec: 3 },
      /^spec: the document: expected an/,
    ],
    [
      "with layers that are none",
      { version: 1, epochs: [], architecture: { network: {}, dtype: "float32", seed: 0 } },
      /^architecture: network\.layers: expected this field/,
    ],
    ["with nothing to build", { version: 1, epochs: [] }, /does not say what to build/],
  ])("is refused where what it says of its run is %s", (_, about, message) => {
    const bytes = encodeSafetensors(new Map(), { neurite: JSON.stringify(about) });
    expect(() => loadModel(bytes)).toThrow(message);
  });

  it("is refused where it was cut off or its numbers were exchanged", () => {
    const file = saveModel(made());
    for (const length of [0, 4, 9, 60, file.length - 1]) {
      expect(() => loadModel(file.slice(0, length))).toThrow(FileError);
    }
    const broken = file.slice();
    broken[12] = 0; // within the header's JSON
    expect(() => loadModel(broken)).toThrow(FileError);
    const architecture = JSON.parse(decodeSafetensors(file).metadata["neurite"]!);
    const { tensors } = decodeSafetensors(file);
    const written = (change: (kept: Map<string, StoredTensor>) => void) => {
      const kept = new Map(tensors);
      change(kept);
      return encodeSafetensors(kept, { neurite: JSON.stringify(architecture) });
    };
    const name = [...tensors.keys()].find((key) => key.endsWith("/w"))!;
    const other = { ...tensors.get(name)!, shape: [1, 128] };
    expect(() => loadModel(written((kept) => kept.delete(name)))).toThrow(name);
    expect(() => loadModel(written((kept) => kept.set(name, other)))).toThrow(name);
    expect(() => loadModel(written((kept) => kept.set("params/dense9/w", other)))).toThrow(
      "dense9",
    );
  });

  it("is refused where it holds something else", () => {
    expect(() => loadModel(encodeSafetensors(new Map()))).toThrow(
      /^checkpoint: these weights hold no/,
    );
    expect(() => loadModel("model" as never)).toThrow(/expected the bytes of a file/);
    expect(() => loadModel(saveModel(made()), { seed: 3 } as never)).toThrow(/no option "seed"/);
    expect(() => saveModel({} as never)).toThrow(
      "saveModel: expected model to be a model, received {}",
    );
    expect(() => encodeCheckpoint(made(), undefined as never)).toThrow(
      "encodeCheckpoint: expected epochs, a list",
    );
    expect(() => encodeCheckpoint(made(), { epoch: [] } as never)).toThrow(ArgumentError);
  });
});
