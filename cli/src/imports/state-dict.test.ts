// Weights of a PyTorch network give its outputs here. Written by scripts/golden/torch_state_dict.py.

import { readFileSync } from "node:fs";
import { decodeSafetensors, type StoredTensor } from "neurite/formats";
import type { LayerSpec } from "neurite/spec";
import { DEFAULT_RUNS, loadWeights, type Model, modelOf, parseRunSpec } from "neurite/train";
import { describe, expect, it } from "vitest";
import { fromStateDict } from "./state-dict.ts";

const file = readFileSync(new URL("golden/conv.safetensors", import.meta.url));
const { tensors } = decodeSafetensors(file);
const OUTPUTS = [0.10252927243709564, -0.0492081344127655];
const CONV = { kind: "conv2d", filters: 3, kernelSize: 3, activation: "relu" };
const FLAT = { kind: "flatten" };
const HIDDEN = { kind: "dense", units: 5, activation: "tanh" };
const OUT = { kind: "dense", units: 2 };

function modelWith(...layers: readonly LayerSpec[]): Model {
  const model = { layers: [{ kind: "input", shape: [4, 4, 1] }, ...layers] };
  const run = { ...DEFAULT_RUNS["xor"]!, model, loss: "meanSquaredError", metrics: [] };
  return modelOf(parseRunSpec(run));
}

const predicted = async (model: Model) => {
  const data = Float32Array.from({ length: 16 }, (_, i) => i / 10);
  return [...(await model.predict({ dtype: "float32", shape: [1, 4, 4, 1], data })).data];
};

describe("fromStateDict", () => {
  it("gives the outputs of the PyTorch network, and tells what was turned", async () => {
    const model = modelWith(CONV, FLAT, HIDDEN, OUT);
    const { weights, told } = fromStateDict(model, tensors, false);
    loadWeights(model, weights);
    (await predicted(model)).forEach((value, i) => {
      expect(value).toBeCloseTo(OUTPUTS[i]!, 6);
    });
    expect(told).toContain("0.weight [3, 1, 3, 3] -> params/conv2d1/w, axes 2 3 1 0");
    expect(told).toContain(
      "3.weight [5, 12] -> params/dense1/w, axes 1 0, rows from channels first to channels last",
    );
  });

  it("leaves rows as they are where the program had channels last", async () => {
    const model = modelWith(CONV, FLAT, HIDDEN, OUT);
    loadWeights(model, fromStateDict(model, tensors, true).weights);
    expect((await predicted(model))[0]).not.toBeCloseTo(OUTPUTS[0]!, 3);
  });

  it("takes modules by the numbers in their names, and leaves out what is counted", () => {
    const stored = (shape: number[]): StoredTensor => {
      const size = shape.reduce((a, b) => a * b, 1);
      return { dtype: "float32", shape, data: new Float32Array(size) };
    };
    const model = modelWith(FLAT, OUT, { kind: "batchNormalization" });
    const given = new Map([
      ...["weight", "bias", "running_mean", "running_var"].map(
        (part) => [`net.10.${part}`, stored([2])] as const,
      ),
      ["net.10.num_batches_tracked", stored([])],
      ["net.9.weight", stored([2, 16])],
      ["net.9.bias", stored([2])],
    ]);
    const { weights } = fromStateDict(model, given, false);
    expect([...weights.keys()]).toContain("state/batchNormalization1/variance");
    expect(weights.size).toBe(6);
  });

  it.each<[readonly LayerSpec[], RegExp]>([
    [[FLAT, OUT], /expected weights of 1 layers \(dense1\), received those of 3 \(0, 3, 5\)/],
    [[CONV, FLAT, { ...HIDDEN, units: 6 }, OUT], /3\.\w+: params\/dense1\/. is \[.*6\] here/],
    [
      [FLAT, { ...HIDDEN, units: 3 }, HIDDEN, OUT],
      /0\.weight: expected 2 axes for dense1, received \[3, 1, 3, 3\]/,
    ],
    [[CONV, { kind: "layerNormalization" }, FLAT, OUT], /kind layerNormalization are not imported/],
  ])("refuses what does not fit", (layers, message) => {
    expect(() => fromStateDict(modelWith(...layers), tensors, false)).toThrow(message);
  });
});
