// Whole states go on, weights alone go into any model of the same layers, and nothing else is taken.

import { afterEach, describe, expect, it, vi } from "vitest";
import "../../tensor/methods.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { encodeSafetensors, type StoredTensor } from "../../formats/index.ts";
import { activation, dense } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { earlyStopping } from "../callbacks/index.ts";
import type { FitOptions } from "../loop/fit.ts";
import type { CompileModelOptions } from "../model/compile-options.ts";
import type { Model } from "../model/model.ts";
import { sequential } from "../model/sequential.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { loadWeights, restoreCheckpoint } from "./restore.ts";
import { saveModel } from "./saved-model.ts";

const x = tensor([[1], [2], [3], [4]]);

const made = (seed = 0, units = 4) =>
  sequential([dense(units, { inputShape: [1] }), activation("relu"), dense(1)]).with({ seed });

const adam = { loss: "mse", optimizer: "adam" } as const;
const compiled = (options: CompileModelOptions, seed = 0) => made(seed).compile(options);
const predicted = async (model: Model) => String(await model.predict(x));

async function trainedBy(options: CompileModelOptions, fit: FitOptions = { epochs: 3 }) {
  const model = compiled(options);
  const { epochs } = await model.fit(x, x, fit);
  return { model, epochs };
}

async function saved(): Promise<{ bytes: Uint8Array; checkpoint: Checkpoint; expected: string }> {
  const { model, epochs } = await trainedBy(adam);
  const bytes = encodeCheckpoint(model, { epochs });
  return { bytes, checkpoint: decodeCheckpoint(bytes), expected: await predicted(model) };
}

const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
afterEach(() => warned.mockClear());

describe("restoreCheckpoint", () => {
  it("restores everything where the optimizer is the same", async () => {
    const { checkpoint, expected } = await saved();
    const model = compiled(adam, 7);
    expect(restoreCheckpoint(model, checkpoint)).toBe("whole");
    expect(await predicted(model)).toBe(expected);
    for (const [name, { data }] of checkpoint.variables) {
      expect([name, model.state.snapshot().get(name)]).toEqual([name, data]);
    }
    expect(warned).not.toHaveBeenCalled();
  });

  it("restores the weights into a model that is not compiled, which can be compiled then", async () => {
    const { checkpoint, expected } = await saved();
    const model = made(7);
    expect(restoreCheckpoint(model, checkpoint)).toBe("weights");
    expect(await predicted(model)).toBe(expected);
    expect(await predicted(model.compile({ loss: "mae", optimizer: "sgd" }))).toBe(expected);
    expect(warned).not.toHaveBeenCalled();
  });

  it("restores the weights under another optimizer, says so, and leaves that as it is", async () => {
    const { checkpoint, expected } = await saved();
    const model = compiled({ loss: "mae", optimizer: { name: "rmsProp", learningRate: 0.5 } }, 7);
    const before = model.state.snapshot();
    expect(restoreCheckpoint(model, checkpoint)).toBe("weights");
    expect(await predicted(model)).toBe(expected);
    const after = model.state.snapshot();
    for (const name of [...after.keys()].filter((key) => !key.startsWith("params/"))) {
      expect([name, after.get(name)]).toEqual([name, before.get(name)]);
    }
    expect(warned).toHaveBeenCalledWith(expect.stringContaining("saved with another optimizer"));
  });

  it("restores what was saved before compiling", async () => {
    const model = made(3);
    const checkpoint = decodeCheckpoint(encodeCheckpoint(model, { epochs: [] }));
    const other = compiled(adam, 7);
    expect(restoreCheckpoint(other, checkpoint)).toBe("weights");
    expect(await predicted(other)).toBe(await predicted(model));
  });

  it("does not let callbacks go on with another optimizer", async () => {
    const { checkpoint } = await saved();
    const model = compiled({ loss: "mse", optimizer: "sgd" }, 7);
    const before = await predicted(model);
    const stopping = earlyStopping({ patience: 2 });
    expect(() => restoreCheckpoint(model, checkpoint, [stopping])).toThrow(
      "checkpoint: it was saved with another optimizer, or without one; callbacks cannot go on there",
    );
    expect(await predicted(model)).toBe(before);
  });

  it.each<[string, Model, string]>([
    [
      "more units",
      made(0, 5),
      '"params/dense1/b" is float32[4] there and float32[5] in this model',
    ],
    ["a layer fewer", sequential([1], dense(4)), 'this model has no variable "params/dense2/b"'],
    ["a layer more", sequential([1], dense(4), dense(1), dense(1)), 'it holds no "params/dense3/'],
    [
      "doubles",
      made().with({ dtype: "float64" }),
      '"params/dense1/b" is float32[4] there and float64[4] in this',
    ],
  ])("refuses a model with %s, and leaves it alone", async (_, model, message) => {
    const { checkpoint } = await saved();
    const before = model.state.snapshot();
    expect(() => restoreCheckpoint(model, checkpoint)).toThrow(ArgumentError);
    expect(() => restoreCheckpoint(model, checkpoint)).toThrow(`checkpoint: ${message}`);
    expect(model.state.snapshot()).toEqual(before);
  });

  it("names the callback whose state is damaged", async () => {
    const { checkpoint } = await saved();
    for (const state of [null, 3, "best", {}]) {
      const damaged = { ...checkpoint, callbacks: { earlyStopping: state } };
      const stopping = earlyStopping({ patience: 2 });
      expect(() => restoreCheckpoint(compiled(adam), damaged, [stopping])).toThrow(ArgumentError);
      expect(() => restoreCheckpoint(compiled(adam), damaged, [stopping])).toThrow(/earlyStopping/);
    }
  });

  it("refuses what is no model and no checkpoint", async () => {
    const { bytes, checkpoint } = await saved();
    const wrong = (value: unknown) => value as never;
    expect(() => restoreCheckpoint(wrong({}), checkpoint)).toThrow("expected model to be a model");
    expect(() => restoreCheckpoint(made(), wrong(bytes))).toThrow(
      "restoreCheckpoint: expected checkpoint to be a checkpoint, as decodeCheckpoint() gives it",
    );
  });
});

describe("loadWeights", () => {
  it("takes a checkpoint, its bytes, those of saveModel, a file of weights, or a map", async () => {
    const { bytes, checkpoint, expected } = await saved();
    const first = made();
    restoreCheckpoint(first, checkpoint);
    const short = new Map<string, StoredTensor>(
      [...checkpoint.variables]
        .filter(([name]) => name.startsWith("params/"))
        .map(([name, weight]) => [name.slice("params/".length), weight]),
    );
    for (const source of [bytes, checkpoint, saveModel(first), encodeSafetensors(short), short]) {
      for (const model of [made(7), compiled({ loss: "mae", optimizer: "adagrad" }, 7)]) {
        loadWeights(model, source);
        expect(await predicted(model)).toBe(expected);
      }
    }
    expect(warned).not.toHaveBeenCalled();
  });

  it("rounds doubles to the model's floats, and keeps floats exactly in a model of doubles", async () => {
    const { checkpoint } = await saved();
    const doubles = made(1).with({ dtype: "float64" });
    loadWeights(doubles, checkpoint);
    const weights = saveModel(doubles);
    const floats = made(2);
    loadWeights(floats, weights);
    const w = "params/dense1/w";
    expect(floats.state.snapshot().get(w)).toEqual(checkpoint.variables.get(w)!.data);
    expect([...doubles.state.snapshot().get(w)!]).toEqual([...checkpoint.variables.get(w)!.data]);
  });

  it.each<[string, (w: Map<string, StoredTensor>) => void, string]>([
    [
      "missing",
      (w) => w.delete("dense2/b"),
      'expected "dense2/b"; there are "dense1/w", "dense1/b", "dense2/w"',
    ],
    [
      "left over",
      (w) => w.set("head/w", { dtype: "float32", shape: [1], data: new Float32Array(1) }),
      'this model has none of "head/w"',
    ],
    [
      "turned round",
      (w) => w.set("dense2/w", { ...w.get("dense2/w")!, shape: [1, 4] }),
      '"dense2/w" is float32[1, 4] there and float32[4, 1] in this model',
    ],
    [
      "of whole numbers",
      (w) => w.set("dense2/b", { dtype: "int32", shape: [1], data: new Int32Array(1) }),
      '"dense2/b" is int32[1] there and float32[1] in this model',
    ],
  ])("refuses weights of which one is %s, and changes nothing", (_, change, message) => {
    const weights = new Map(
      [...made(1).state.variables]
        .filter(([name]) => name !== "step")
        .map(
          ([name, { type, storage }]) =>
            [name.slice(7), { ...type, data: storage.read() }] as const,
        ),
    ) as Map<string, StoredTensor>;
    change(weights);
    const model = made(2);
    const before = model.state.snapshot();
    expect(() => loadWeights(model, weights)).toThrow(`loadWeights: ${message}`);
    expect(model.state.snapshot()).toEqual(before);
  });

  it.each([[undefined], ["file"], [{}], [[1]]])("refuses %j", (source) => {
    expect(() => loadWeights(made(), source as never)).toThrow(
      /^loadWeights: expected a checkpoint/,
    );
  });
});

describe("two callbacks that remember something", () => {
  const two = () => [
    earlyStopping({ monitor: "loss", patience: 1 }),
    earlyStopping({ monitor: "loss", patience: 9 }),
  ];

  it("cannot be saved under one name", async () => {
    const { model, epochs } = await trainedBy(adam);
    expect(() => encodeCheckpoint(model, { epochs, callbacks: two() })).toThrow(
      'encodeCheckpoint: two callbacks are called "earlyStopping"',
    );
  });

  it("can under two", async () => {
    const [first, second] = two();
    const callbacks = [first!, { ...second!, name: "patient" }];
    const { model, epochs } = await trainedBy(adam, { epochs: 1, callbacks });
    const saved = decodeCheckpoint(encodeCheckpoint(model, { epochs, callbacks }));
    expect(Object.keys(saved.callbacks)).toEqual(["earlyStopping", "patient"]);
  });
});
