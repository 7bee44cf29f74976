// Files of Keras 3, of Keras 2 and of TF.js give the outputs there, and come out again as the same layers and numbers.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { FileError } from "../checks/errors.ts";
import type { NetworkSpec } from "../spec/parts.ts";
import type { Model } from "../train/index.ts";
import { exportKeras, importKeras, type KerasImportOptions } from "./index.ts";

interface Golden {
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly y: readonly number[];
}

const at = (name: string) => new URL(`golden/${name}`, import.meta.url);
const golden = (name: string): Uint8Array => gunzipSync(readFileSync(at(`${name}.gz`)));
const outputsIn = (name: string) => JSON.parse(readFileSync(at(name), "utf8"));
/** Written by keras_files.py, keras2_files.py and tfjs_model.mjs of scripts/golden. */
const OUTPUTS: Readonly<Record<string, Golden>> = {
  ...outputsIn("outputs.json"),
  "keras2/conv": outputsIn("keras2/outputs.json").conv,
  "keras2/sequence": outputsIn("keras2/outputs.json").sequence,
  tfjs: outputsIn("tfjs/outputs.json"),
};

/** The formula of the scripts. */
function inputsOf({ inputShape: shape }: Golden) {
  const size = shape.reduce((a, b) => a * b, 1);
  if (size === 12) {
    return {
      dtype: "int32" as const,
      shape,
      data: Int32Array.of(3, 1, 8, 0, 0, 0, 2, 5, 4, 7, 1, 6),
    };
  }
  const number = (i: number) => Math.floor(1000 * Math.sin(12.9898 * i + 1)) / 1024;
  return {
    dtype: "float32" as const,
    shape,
    data: Float32Array.from({ length: size }, (_, i) => number(i)),
  };
}

async function expectOutputs(name: string, model: Model): Promise<void> {
  const { y, outputShape } = OUTPUTS[name]!;
  const found = await model.predict(inputsOf(OUTPUTS[name]!));
  expect(found.shape).toEqual(outputShape);
  const worst = y.map((value, i) => Math.abs(value - (found.data[i] as number)));
  expect(Math.max(...worst)).toBeLessThan(2e-6);
}

const ENDINGS = ["keras", "h5"] as const;

describe.each(Object.keys(OUTPUTS).filter((name) => name !== "tfjs"))("%s", (name) => {
  it("gives Keras's outputs from .keras, and .h5 holds the same", async () => {
    const read = await importKeras(golden(`${name}.keras`));
    await expectOutputs(name, read.model);
    const old = await importKeras(golden(`${name}.h5`));
    expect(old.network).toEqual(read.network);
    expect(old.weights).toEqual(read.weights);
    // Keras 2 wrote "adam" where the numbers were the usual ones.
    if (!name.startsWith("keras2")) expect(old.training).toEqual(read.training);
  });

  // What "hard_sigmoid" was in Keras 2 has no name in Keras 3.
  it.skipIf(name === "keras2/conv").each(ENDINGS)(
    "comes out as .%s and in again",
    async (format) => {
      const { model, network, weights, training } = await importKeras(golden(`${name}.h5`));
      const again = await importKeras(
        exportKeras(model, { format, ...(training && { training }) }),
      );
      expect(again.network).toEqual(network);
      expect(again.weights).toEqual(weights);
      expect(again.training).toEqual(training);
    },
  );
});

it("of the hard sigmoid of Keras 2 is not written as that of Keras 3", async () => {
  const { model } = await importKeras(golden("keras2/conv.h5"));
  expect(() => exportKeras(model)).toThrow(
    'layer "dense": the activation {"name":"hardSigmoid","slope":0.2} has no name in Keras',
  );
});

describe("a model of TF.js", () => {
  const shard = (name: string) => readFileSync(at(`tfjs/${name}`));

  it("gives its outputs there", async () => {
    const { model, writer } = await importKeras(shard("model.json"), { shard });
    expect(writer).toBe("TF.js");
    await expectOutputs("tfjs", model);
  });

  const json = JSON.parse(readFileSync(at("tfjs/model.json"), "utf8"));
  const [group] = json.weightsManifest;
  const changed = (changes: object) =>
    new TextEncoder().encode(JSON.stringify({ ...json, ...changes }));
  const withPaths = (...paths: string[]) => changed({ weightsManifest: [{ ...group, paths }] });
  const [first, second] = group.paths;
  const [weight, ...others] = group.weights;

  it.each<[string, Uint8Array, KerasImportOptions, RegExp]>([
    [
      "weights elsewhere",
      withPaths("../x.bin"),
      { shard },
      /lie at "\.\.\/x\.bin", expected a file in/,
    ],
    ["an absolute path", withPaths("/etc/passwd"), { shard }, /expected a file in the folder/],
    ["an address", withPaths("http://x/y.bin"), { shard }, /expected a file in the folder/],
    ["a path of Windows", withPaths("..\\x.bin"), { shard }, /expected a file in the folder/],
    ["a file too few", withPaths(first), { shard }, /have 400 bytes, expected 1292/],
    ["a file too many", withPaths(first, second, first), { shard }, /more than 1292 bytes/],
    ["no way to read files", withPaths(first), {}, /give importKeras\(\) a function "shard"/],
    [
      "quantized weights",
      changed({
        weightsManifest: [{ ...group, weights: [{ ...weight, quantization: {} }, ...others] }],
      }),
      { shard },
      /"conv2d_Conv2D1\/kernel" is quantized/,
    ],
    [
      "a weight too few",
      changed({ weightsManifest: [{ paths: [second], weights: others }] }),
      { shard },
      /317 weights, which do not fit into the 1076 bytes/,
    ],
    [
      "a graph model",
      changed({ modelTopology: {}, format: "graph-model" }),
      { shard },
      /graph model/,
    ],
  ])("is refused with %s", async (_, bytes, options, message) => {
    const error = await importKeras(bytes, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toMatch(message);
  });
});

it("weights alone go into layers that are given, of Keras 3 and of Keras 2", async () => {
  for (const [whole, alone] of [
    ["conv.keras", "conv.weights.h5"],
    ["keras2/conv.h5", "keras2/weights.h5"],
  ] as const) {
    const { network, weights } = await importKeras(golden(whole));
    await expect(importKeras(golden(alone))).rejects.toThrow(
      /weights alone, and does not say what layers/,
    );
    expect((await importKeras(golden(alone), { network })).weights).toEqual(weights);
    const other: NetworkSpec = {
      layers: [
        { kind: "input", shape: [3] },
        { kind: "dense", units: 2 },
      ],
    };
    await expect(importKeras(golden(alone), { network: other })).rejects.toThrow(FileError);
  }
});

it("goes on training with the loss and the optimizer of the file", async () => {
  const { model, training } = await importKeras(golden("conv.keras"));
  expect(training).toEqual({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "adam", learningRate: 0.002, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    metrics: ["accuracy"],
    clip: { norm: 1 },
    regularizer: { kind: "l2", lambda: 0.001, convention: "keras" },
  });
  model.compile(training!);
  const x = inputsOf(OUTPUTS["conv"]!);
  const y = { dtype: "int32" as const, shape: [2], data: Int32Array.of(0, 2) };
  const { epochs } = await model.fit(x, y, { epochs: 3, batchSize: 2, progress: false });
  expect(epochs[2]!["loss"]!).toBeLessThan(epochs[0]!["loss"]!);
});
