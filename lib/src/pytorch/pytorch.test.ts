// Weights of PyTorch networks give their outputs here, and go back as they came. Written by scripts/golden/torch_state_dict.py.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeSafetensors } from "../formats/safetensors.ts";
import type { StoredTensor } from "../formats/stored-tensor.ts";
import type { LayerSpec } from "../spec/parts.ts";
import {
  DEFAULT_RUNS,
  loadWeights,
  type Model,
  modelOf,
  parseRunSpec,
  saveModel,
} from "../train/index.ts";
import { fromStateDict, readStateDict, toStateDict } from "./index.ts";

interface Case {
  readonly name: string;
  readonly layers: readonly LayerSpec[];
  readonly x: { readonly shape: number[]; readonly data: number[] };
  readonly y: readonly number[];
  readonly file: string;
  readonly map?: Readonly<Record<string, string | null>>;
}

const read = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url));
const CASES: readonly Case[] = JSON.parse(read("modules.json").toString());
const fileOf = (one: Case) => Buffer.from(one.file, "base64");

function modelWith(layers: readonly LayerSpec[], more = {}): Model {
  const run = { ...DEFAULT_RUNS["xor"]!, loss: "meanSquaredError", metrics: [], ...more };
  return modelOf(parseRunSpec({ ...run, model: { layers } }));
}

async function predicted(model: Model, { shape, data }: Case["x"]): Promise<number[]> {
  const x = { dtype: "float32", shape, data: Float32Array.from(data) } as const;
  return Array.from((await model.predict(x)).data);
}

describe.each(CASES)("$name", (one) => {
  const { layers, x, y, map = {} } = one;

  it("gives PyTorch's outputs, and goes back as it came", async () => {
    const model = modelWith(layers);
    const imported = fromStateDict(model, fileOf(one), { map });
    loadWeights(model, imported.weights);
    const got = await predicted(model, x);
    expect(got).toHaveLength(y.length);
    got.forEach((value, i) => {
      expect(Math.abs(value - y[i]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(y[i]!)));
    });

    const own = [...decodeSafetensors(saveModel(model)).tensors].map(([name, { data }]) => [
      name,
      [...data],
    ]);
    for (const flatten of ["channelsFirst", "channelsLast"] as const) {
      const { bytes } = toStateDict(model, { flatten });
      const { weights } = fromStateDict(modelWith(layers), bytes);
      const back = Object.fromEntries([...weights].map(([name, { data }]) => [name, [...data]]));
      expect(back).toEqual(Object.fromEntries(own));
    }
  });
});

const { tensors } = decodeSafetensors(read("conv.safetensors"));
const OUTPUTS = [0.10252927243709564, -0.0492081344127655];
const INPUT = { kind: "input", shape: [4, 4, 1] };
const CONV = { kind: "conv2d", filters: 3, kernelSize: 3, activation: "relu" };
const FLAT = { kind: "flatten" };
const HIDDEN = { kind: "dense", units: 5, activation: "tanh" };
const OUT = { kind: "dense", units: 2 };
const PICTURE = { shape: [1, 4, 4, 1], data: Array.from({ length: 16 }, (_, i) => i / 10) };
const withPictures = (...layers: readonly LayerSpec[]) => modelWith([INPUT, ...layers]);
const withRows = (width: number, ...layers: readonly LayerSpec[]) =>
  modelWith([{ kind: "input", shape: [width] }, ...layers]);

const zeros = (...shape: number[]): StoredTensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  return { dtype: "float32", shape, data: new Float32Array(size) };
};
const linear = (name: string, into: number, out: number): [string, StoredTensor][] => [
  [`${name}.weight`, zeros(out, into)],
  [`${name}.bias`, zeros(out)],
];

describe("fromStateDict", () => {
  it("tells what was turned", async () => {
    const model = withPictures(CONV, FLAT, HIDDEN, OUT);
    const { weights, told, guessed } = fromStateDict(model, tensors);
    loadWeights(model, weights);
    (await predicted(model, PICTURE)).forEach((value, i) => {
      expect(value).toBeCloseTo(OUTPUTS[i]!, 6);
    });
    expect(told).toContain("0.weight [3, 1, 3, 3] -> params/conv2d1/w, axes 2 3 1 0");
    expect(told).toContain(
      "3.weight [5, 12] -> params/dense1/w, axes 1 0, rows from channels first to channels last",
    );
    expect(guessed).toEqual([]);
  });

  it("leaves rows as they are where the program had channels last", async () => {
    const model = withPictures(CONV, FLAT, HIDDEN, OUT);
    loadWeights(model, fromStateDict(model, tensors, { flatten: "channelsLast" }).weights);
    expect((await predicted(model, PICTURE))[0]).not.toBeCloseTo(OUTPUTS[0]!, 3);
  });

  it("knows that recurrence has features last in PyTorch too, and convolution has them second", () => {
    const flat = [{ kind: "flatten" }, { kind: "dense", units: 1 }];
    const input = { kind: "input", shape: [3, 2] };
    const turned = (...layers: readonly LayerSpec[]) => {
      const model = modelWith([input, ...layers, ...flat]);
      const { tensors: theirs } = toStateDict(model, { flatten: "channelsFirst" });
      return fromStateDict(model, theirs).told.filter((line) =>
        line.includes("rows from channels"),
      );
    };
    const lstm = { kind: "lstm", units: 2, returnSequences: true };
    const conv = { kind: "conv1d", filters: 2, kernelSize: 1 };
    expect(turned(lstm)).toEqual([]);
    expect(turned(conv, lstm)).toEqual([]);
    expect(turned(conv, { kind: "dropout", p: 0.1 })).toHaveLength(1);
    expect(turned(lstm, { kind: "block", layers: [conv] })).toHaveLength(1);
  });

  it("asks for the order where pictures are flattened beside others, unless channels are last", () => {
    const nodes = [
      { kind: "input", shape: [2, 2, 2], id: "x", reads: [] },
      { kind: "flatten", id: "flat", reads: ["x"] },
      { kind: "globalPool", pool: "max", id: "pooled", reads: ["x"] },
      { kind: "concatenate", id: "both", reads: ["flat", "pooled"] },
      { kind: "dense", units: 1, id: "out", reads: ["both"] },
    ];
    const graph = { inputs: ["x"], outputs: ["out"], nodes };
    const run = { ...DEFAULT_RUNS["xor"]!, loss: "meanSquaredError", metrics: [], model: graph };
    const model = modelOf(parseRunSpec(run as never));
    const { tensors: theirs } = toStateDict(model);
    expect(() => fromStateDict(model, theirs)).toThrow(
      /both, of kind concatenate: it joins flattened \[2, 2, 2\] and others, .*"channelsLast"/,
    );
    expect(fromStateDict(model, theirs, { flatten: "channelsLast" }).told).toHaveLength(2);
  });

  it("takes modules of one shape by the numbers in their names, and says where only the alphabet tells", () => {
    const model = withRows(2, OUT, OUT, OUT);
    const numbered = new Map(["fc.10", "fc.9", "fc.8"].flatMap((name) => linear(name, 2, 2)));
    const { told, guessed } = fromStateDict(model, numbered);
    expect(told.filter((line) => line.includes("weight"))).toEqual([
      "fc.8.weight [2, 2] -> params/dense1/w, axes 1 0",
      "fc.9.weight [2, 2] -> params/dense2/w, axes 1 0",
      "fc.10.weight [2, 2] -> params/dense3/w, axes 1 0",
    ]);
    expect(guessed).toEqual([]);
    const named = new Map(["encoder", "decoder", "head"].flatMap((name) => linear(name, 2, 2)));
    expect(fromStateDict(model, named).guessed[0]).toBe("decoder -> dense1");
    const map = { encoder: "dense1", decoder: "dense2", head: "dense3" };
    const mapped = fromStateDict(model, named, { map });
    expect(mapped.guessed).toEqual([]);
    expect(mapped.told[0]).toBe("encoder.weight [2, 2] -> params/dense1/w, axes 1 0");
  });

  it("adds the two biases of a cell, orders gates, and leaves counters out", () => {
    const model = modelWith([
      { kind: "input", shape: [3, 2] },
      { kind: "gru", units: 2, returnSequences: true },
      { kind: "lstm", units: 1 },
      { kind: "batchNormalization" },
    ]);
    const counted = (...shape: number[]) => {
      const tensor = zeros(...shape);
      return { ...tensor, data: tensor.data.map((_, i) => i) };
    };
    const given = new Map<string, StoredTensor>([
      ["rnn.weight_ih_l0", counted(6, 2)],
      ["rnn.weight_hh_l0", counted(6, 2)],
      ["rnn.bias_ih_l0", counted(6)],
      ["rnn.bias_hh_l0", counted(6)],
      ["cell.weight_ih", counted(4, 2)],
      ["cell.weight_hh", counted(4, 1)],
      ["cell.bias_ih", counted(4)],
      ["cell.bias_hh", counted(4)],
      ...["weight", "bias", "running_mean", "running_var"].map(
        (part) => [`bn.${part}`, zeros(1)] as [string, StoredTensor],
      ),
      ["bn.num_batches_tracked", zeros()],
    ]);
    const { weights, told, notes } = fromStateDict(model, given);
    expect([...weights.get("params/gru1/b")!.data]).toEqual([2, 3, 0, 1, 4, 5]);
    expect([...weights.get("params/gru1/bRecurrent")!.data]).toEqual([2, 3, 0, 1, 4, 5]);
    expect([...weights.get("params/lstm1/b")!.data]).toEqual([0, 2, 4, 6]);
    expect(told).toContain("cell.bias_hh [4] -> added to params/lstm1/b");
    expect(told).toContain(
      "rnn.weight_ih_l0 [6, 2] -> params/gru1/w, axes 1 0, gates in the order 1 0 2",
    );
    expect(told.join()).not.toContain("num_batches_tracked");
    expect(notes).toEqual([
      "batchNormalization1: epsilon is 0.001 here and 1e-5 in PyTorch unless its program says another",
    ]);
  });

  it("says what a block of a transformer computes, which no shape tells", () => {
    const block = { kind: "transformerBlock", heads: 1, epsilon: 1e-5 };
    const model = modelWith([{ kind: "input", shape: [2, 2] }, block]);
    const { notes } = fromStateDict(model, toStateDict(model).bytes);
    expect(notes).toEqual([expect.stringContaining("transformerBlock1: it normalises before")]);
  });

  it("takes ones and zeros for what a layer does not learn, and nothing else", () => {
    const layer = { kind: "layerNormalization", scale: false, epsilon: 1e-5 };
    const given = new Map([
      ["norm.weight", zeros(2)],
      ["norm.bias", zeros(2)],
    ]);
    expect(() => fromStateDict(withRows(2, layer), given)).toThrow(
      "norm.weight: weight [2]: expected 1 everywhere, as the layer learns nothing like it, received 0",
    );
    given.get("norm.weight")!.data.fill(1);
    expect(fromStateDict(withRows(2, layer), given).told[0]).toBe(
      "norm.weight [2] -> nothing: 1 everywhere",
    );
  });

  it.each<[string, Model, Iterable<[string, StoredTensor]>, RegExp]>([
    [
      "a module too few",
      withRows(2, OUT, OUT),
      linear("fc", 2, 2),
      /dense2: expected the tensors of a Linear: weight \[2, 2\], bias \[2\]; the file has no module more/,
    ],
    [
      "a module too many",
      withRows(2, OUT),
      [...linear("fc", 2, 2), ...linear("head", 2, 7)],
      /nothing takes head \(weight \[7, 2\], bias \[7\]\)\. Leave one out with a map: \{ "head": null \}/,
    ],
    [
      "another shape",
      withRows(2, OUT, { ...OUT, units: 3 }),
      [...linear("fc1", 2, 2), ...linear("fc2", 2, 4)],
      /dense2: expected .* weight \[3, 2\], bias \[3\]; .* nearest: fc2 \(weight \[4, 2\], bias \[4\]\)$/,
    ],
    [
      "a bias that the layer has not",
      withRows(2, { ...OUT, bias: false }),
      linear("fc", 2, 2),
      /dense1: expected the tensors of a Linear: weight \[2, 2\]; /,
    ],
    [
      "a layer that PyTorch has not",
      modelWith([
        { kind: "input", shape: [2] },
        { kind: "hopfield", patterns: 2 },
      ]),
      [],
      /hopfield1: PyTorch has no module like a layer of kind hopfield; those that it has: dense/,
    ],
    [
      "a GRU that resets before",
      modelWith([
        { kind: "input", shape: [2, 2] },
        { kind: "gru", units: 1, resetAfter: false },
      ]),
      [],
      /gru1, of kind gru: PyTorch's GRU resets after the product/,
    ],
    [
      "a cell of another activation",
      modelWith([
        { kind: "input", shape: [2, 2] },
        { kind: "lstm", units: 1, activation: "relu" },
      ]),
      [],
      /PyTorch's LSTM has tanh, and sigmoid for its gates/,
    ],
    [
      "heads of a size of their own",
      modelWith([
        { kind: "input", shape: [2, 4] },
        { kind: "multiHeadAttention", heads: 2, headSize: 3 },
      ]),
      [["a.in_proj_weight", zeros(12, 4)]],
      /heads share the features out: leave headSize out/,
    ],
  ])("refuses %s", (_, model, given, message) => {
    expect(() => fromStateDict(model, new Map(given))).toThrow(message);
  });

  it.each<[Readonly<Record<string, unknown>>, RegExp]>([
    [{ fx: "dense1" }, /Unknown module of the file in the map "fx"\. Did you mean "fc"\?/],
    [
      { fc: "dense2" },
      /the map names the layer "dense2", which there is not\. Did you mean "dense1"\?/,
    ],
    [{ fc: 3 }, /map: expected the name of a layer or null for "fc", received 3/],
    [{ fc: null }, /dense1: expected .* the file has no module more/],
    [{ head: "dense1" }, /gives head .* to dense1: expected weight \[2, 2\], received \[7, 2\]/],
    [
      { "fc.weight": "dense1.weight", "head.bias": "dense1.bias" },
      /dense1 \(.*\) to dense1: expected bias \[2\]/,
    ],
  ])("refuses the map %j", (map, message) => {
    const given = new Map([...linear("fc", 2, 2), ...linear("head", 2, 7)]);
    if ("fc" in map && map["fc"] === null)
      for (const name of ["head.weight", "head.bias"]) given.delete(name);
    expect(() => fromStateDict(withRows(2, OUT), given, { map: map as never })).toThrow(message);
  });

  it("rounds doubles and says so, and keeps them in a model of doubles", () => {
    const given = new Map<string, StoredTensor>([
      ["fc.weight", { dtype: "float64", shape: [1, 2], data: Float64Array.of(0.1, 0.2) }],
      ["fc.bias", { dtype: "float64", shape: [1], data: Float64Array.of(0.3) }],
    ]);
    const layer = { kind: "dense", units: 1 };
    const rounded = fromStateDict(withRows(2, layer), given);
    expect(rounded.told[1]).toBe("fc.bias [1] -> params/dense1/b, rounded to float32");
    expect([...rounded.weights.get("params/dense1/b")!.data]).toEqual([Math.fround(0.3)]);
    const double = modelWith([{ kind: "input", shape: [2] }, layer], { dtype: "float64" });
    expect([...fromStateDict(double, given).weights.get("params/dense1/w")!.data]).toEqual([
      0.1, 0.2,
    ]);
  });

  it("refuses more tensors than it compares, at once", () => {
    const many = new Map(
      Array.from({ length: 50_001 }, (_, i) => [`${i}.weight`, zeros(1)] as const),
    );
    expect(() => fromStateDict(withRows(2, OUT), many)).toThrow(
      /at most 50000 tensors, received 50001/,
    );
  });

  it("says that a file is Neurite's own", () => {
    const model = withRows(2, OUT);
    expect(() => fromStateDict(model, saveModel(model))).toThrow(
      /"params\/dense1\/\w" is a name that Neurite gives: .* for loadModel\(\)/,
    );
  });

  it("refuses other arguments in a sentence", () => {
    expect(() => fromStateDict(withRows(2, OUT), "weights" as never)).toThrow(
      /expected the bytes of a saf/,
    );
    expect(() => fromStateDict({} as never, new Map())).toThrow(/expected model to be a model/);
    expect(() => fromStateDict(withRows(2, OUT), new Map(), { maps: {} } as never)).toThrow(
      /"map"/,
    );
  });
});

describe("readStateDict", () => {
  it.each([
    ["a zip of torch.save()", [0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0, 0]],
    ["a pickle", [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20]],
  ])("refuses %s and says how to have its numbers", (_, bytes) => {
    expect(() => readStateDict(Uint8Array.from(bytes))).toThrow(
      /as torch\.save\(\) writes them: it is not read.*safetensors\.torch\.save_file\(/,
    );
  });

  it("reads a file of safetensors whose length begins as a pickle does", () => {
    const metadata = { note: "x".repeat(0x280 - 79) };
    const { bytes } = { bytes: toStateDict(withRows(2, OUT)).bytes };
    expect(readStateDict(bytes).tensors.size).toBe(2);
    const header = JSON.stringify({ __metadata__: metadata }).padEnd(0x280, " ");
    const file = Buffer.concat([Buffer.from([0x80, 2, 0, 0, 0, 0, 0, 0]), Buffer.from(header)]);
    expect(readStateDict(file).metadata).toEqual(metadata);
  });
});

describe("toStateDict", () => {
  it("names tensors as a class of Python can, and counts batches as PyTorch does", () => {
    const model = withRows(
      2,
      { ...OUT, name: "train" },
      { ...OUT, name: "1st layer" },
      {
        kind: "batchNormalization",
        offset: false,
      },
    );
    const { tensors: written, told, bytes } = toStateDict(model);
    expect([...written.keys()].filter((name) => name.endsWith("weight"))).toEqual([
      "train_.weight",
      "layer_1st_layer.weight",
      "batchNormalization1.weight",
    ]);
    expect(told).toContain("batchNormalization1.bias [2] <- 0 everywhere");
    const read = decodeSafetensors(bytes);
    expect(read.converted.get("batchNormalization1.num_batches_tracked")).toBe("I64");
    expect(read.metadata["format"]).toBe("pt");
  });
});
