// Attention: the harness, masks and causality, networks that learn by it, and what is refused.

import { describe, expect, it, test } from "vitest";
import "../../../tensor/methods.ts";
import { codeOf } from "../../../code/typescript/program.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, tensor, zeros } from "../../../tensor/create.ts";
import { key, normal } from "../../../tensor/random.ts";
import { loadModel, saveModel } from "../../../train/files/saved-model.ts";
import { functionalModel, sequential } from "../../../train/model/sequential.ts";
import { DEFAULT_RUNS } from "../../../train/run/presets.ts";
import { network } from "../../network/functional.ts";
import { connect, input } from "../../network/place.ts";
import { testLayers } from "../harness.testing.ts";
import {
  dense,
  embedding,
  globalPool,
  hopfield,
  type Layer,
  multiHeadAttention,
  positionalEncoding,
  transformerBlock,
} from "../index.ts";
import { scaledDotProductAttention } from "./scaled-dot-product.ts";

testLayers([
  {
    title: "hopfield",
    layer: hopfield(5, { beta: 2, steps: 2 }),
    inputShape: [2, 3],
    outputShape: [2, 3],
    parameters: 15,
  },
  {
    title: "multiHeadAttention",
    layer: multiHeadAttention(2),
    inputShape: [3, 4],
    outputShape: [3, 4],
    parameters: 80,
  },
  {
    title: "multiHeadAttention, causal, with heads of their own size and dropout",
    layer: multiHeadAttention(2, { headSize: 3, causal: true, dropout: 0.3, bias: false }),
    inputShape: [4, 2],
    outputShape: [4, 2],
    parameters: 48,
  },
  {
    title: "transformerBlock",
    layer: transformerBlock(2),
    inputShape: [3, 4],
    outputShape: [3, 4],
    parameters: 16 + 80 + 16 * 5 + 4 * 17,
  },
  {
    title: "transformerBlock with dropout",
    layer: transformerBlock(1, { hidden: 3, activation: "relu", dropout: 0.2, causal: true }),
    inputShape: [3, 2],
    outputShape: [3, 2],
    parameters: 8 + 24 + 9 + 8,
  },
]);

describe("scaledDotProductAttention", () => {
  const value = tensor([[1], [10], [100]]);

  it("weighs values by the softmax of products over the root of the size", () => {
    const query = tensor([[2, 0, 0, 0]]);
    const keys = tensor([
      [Math.log(2), 0, 0, 0],
      [0, 5, 0, 0],
      [Math.log(5), 0, 0, 0],
    ]);
    // scores are ln 2, 0, ln 5: shares 2, 1 and 5 of 8
    expect(scaledDotProductAttention(query, keys, value).item()).toBeCloseTo(512 / 8, 4);
  });

  it("sees what a mask and causality leave: means of the rest, and zeros of nothing", () => {
    const alike: Tensor = zeros([3, 2]);
    const see = (options: object) =>
      [...scaledDotProductAttention(alike, alike, value, options).data].map((v) =>
        Number(v.toFixed(4)),
      );
    expect(see({ causal: true })).toEqual([1, 5.5, 37]);
    expect(see({ mask: tensor([0, 1, 1]) })).toEqual([55, 55, 55]);
    expect(see({ causal: true, mask: tensor([false, true, true]) })).toEqual([0, 10, 55]);
  });

  it("has finite gradients where a query sees nothing", () => {
    const x: Tensor = normal(key(1), [3, 2]);
    const f = (q: Tensor) => scaledDotProductAttention(q, q, q, { mask: tensor([0, 0, 0]) }).sum();
    expect(grad(f)(x).toArray()).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});

it.each([
  ["multiHeadAttention", multiHeadAttention(2, { causal: true })],
  ["transformerBlock", transformerBlock(2, { causal: true })],
])("causal %s knows nothing of later steps", (_, layer) => {
  const variables = layer.init(key(1), [4, 4], "float32");
  const x: Tensor = normal(key(2), [1, 4, 4]);
  const changed = fromData(
    (x.data as Float32Array).map((v, i) => (i < 8 ? v : -3 * v)),
    [1, 4, 4],
  );
  const first = (input: Tensor) =>
    layer.apply(variables, input, { training: false, key: key(1) }).y.data.slice(0, 8);
  expect(first(changed)).toEqual(first(x));
});

/** Sequences of numbered words, their lengths, and whether word 1 comes among those that count. */
function sentences(count: number) {
  const lengths = Array.from({ length: count }, (_, i) => 3 + (i % 4));
  const words = Int32Array.from({ length: count * 6 }, (_, i) => (i * i + 3 * i + (i >> 3)) % 5);
  const mask = Float32Array.from(words, (_, i) => Number(i % 6 < lengths[Math.floor(i / 6)]!));
  const labels = Float32Array.from({ length: count }, (_, i) =>
    Number(words.slice(i * 6, i * 6 + lengths[i]!).includes(1)),
  );
  return {
    words: fromData(words, [count, 6]),
    mask: fromData(mask, [count, 6]),
    y: fromData(labels, [count, 1]),
  };
}

/** A block over words, and attention of one step that is always alike to what the block gives. */
function masked() {
  const words = input([6]);
  const mask = input([6], { name: "mask" });
  const x = connect(positionalEncoding(), connect(embedding(5, 8), words));
  const block = connect(transformerBlock(2, { hidden: 8 }), x, mask);
  const seen = connect(multiHeadAttention(2), block, x, mask);
  const end = connect(dense(1, { activation: "sigmoid" }), connect(globalPool("max"), seen));
  return network([words, mask], [end]);
}

it("padding is not seen: a network of masked attention gives the same whatever stands there", async () => {
  const { words, mask } = sentences(12);
  const model = functionalModel(masked(), { seed: 2 });
  const kept = (padding: number) =>
    fromData(
      (words.data as Int32Array).map((word, i) => (mask.data[i] === 1 ? word : padding)),
      [12, 6],
    );
  // Without what the padded steps themselves ask: attention from the steps that count.
  const attention = multiHeadAttention(2);
  const variables = attention.init(key(3), [6, 8], "float32");
  const table: Tensor = normal(key(4), [5, 8]);
  const outputs = [0, 3].map((padding) => {
    const x = table.at(kept(padding));
    const told = { training: false, key: key(1), also: [x, mask] };
    return attention
      .apply(variables, x, told)
      .y.data.filter((_: number, i: number) => mask.data[Math.floor(i / 8)] === 1);
  });
  expect(outputs[1]).toEqual(outputs[0]);
  const again = loadModel(saveModel(model));
  const predict = async (m: typeof model) => (await m.predict([words, mask] as never)).data;
  expect(await predict(again)).toEqual(await predict(model));
});

it("a network of blocks with masks learns, through its specification too", async () => {
  const { words, mask, y } = sentences(48);
  const model = functionalModel(masked(), { seed: 2 }).compile({
    loss: "binaryCrossentropy",
    optimizer: { name: "adam", learningRate: 0.02 },
    metrics: ["accuracy"],
  });
  await model.fit([words, mask], y, { epochs: 40, batchSize: 16 });
  const { accuracy } = await model.evaluate([words, mask], y);
  expect(accuracy).toBeGreaterThan(0.95);
});

it("prints a block as code", () => {
  const layers = [
    { kind: "input", shape: [2, 1] },
    { kind: "transformerBlock", heads: 1, causal: true },
    { kind: "flatten" },
    { kind: "dense", units: 1 },
  ];
  const code = codeOf({ ...DEFAULT_RUNS["xor"]!, model: { layers } });
  expect(code).toContain("transformerBlock(1, { causal: true }),");
});

it("reverses sequences", async () => {
  const [count, steps] = [64, 4];
  const words = Int32Array.from(
    { length: count * steps },
    (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 1e4) % 3,
  );
  const y = Float32Array.from({ length: count * steps * 3 }, (_, i) => {
    const [step, word] = [Math.floor(i / 3) % steps, i % 3];
    const from = Math.floor(i / 3) - step + (steps - 1 - step);
    return Number(words[from] === word);
  });
  const model = sequential(
    [steps],
    embedding(3, 8),
    positionalEncoding(),
    transformerBlock(2),
    dense(3, { activation: "softmax" }),
  ).with({ seed: 1 });
  model.compile({
    loss: "categoricalCrossentropy",
    optimizer: { name: "adam", learningRate: 0.02 },
    metrics: ["accuracy"],
  });
  const x = fromData(words, [count, steps]);
  const targets = fromData(y, [count, steps, 3]);
  await model.fit(x, targets, { epochs: 40, batchSize: 16 });
  const { accuracy } = await model.evaluate(x, targets);
  expect(accuracy).toBeGreaterThan(0.95);
});

const q: Tensor = zeros([2, 3]);
const place = (...shape: number[]) => input(shape);
const mha = (): Layer => multiHeadAttention(2);
test.each<[string, () => unknown, string]>([
  ["heads", () => multiHeadAttention(0), "heads to be a whole number above 0, received 0"],
  [
    "dropout",
    () => transformerBlock(2, { dropout: 1 }),
    "dropout to be a number from 0 to below 1",
  ],
  [
    "an option",
    () => multiHeadAttention(2, { keyDim: 3 } as object),
    'there is no option "keyDim"',
  ],
  [
    "heads that do not fit",
    () => mha().outputShape([3, 5]),
    "multiHeadAttention: 2 heads cannot share the 5 features of an example [3, 5] evenly: take another " +
      "number of heads, or say headSize",
  ],
  [
    "heads of a block",
    () => transformerBlock(3).outputShape([3, 4]),
    "transformerBlock: 3 heads cannot",
  ],
  ["no sequence", () => mha().outputShape([4]), "[steps, features], received [4]"],
  [
    "a mask of another length",
    () => connect(mha(), place(3, 4), place(5, 2), place(3)),
    "multiHeadAttention: expected a mask [5], a number for each step of [5, 2], received [3]",
  ],
  [
    "a mask of a block",
    () => connect(transformerBlock(2), place(3, 4), place(4)),
    "transformerBlock: expected a mask [3], a number for each step of [3, 4], received [4]",
  ],
  [
    "a causal context",
    () => connect(multiHeadAttention(2, { causal: true }), place(3, 4), place(5, 4)),
    "causal attention wants a context of as many steps, received [3, 4] and context [5, 4]",
  ],
  [
    "too many places",
    () => connect(mha(), place(3, 4), place(3, 4), place(3), place(3)),
    "connect: multiHeadAttention reads one place, and may read context, then mask, received 4",
  ],
  [
    "places of others",
    () => connect(dense(2), place(3), place(3)),
    "dense reads one place, received 2",
  ],
  ["a list", () => scaledDotProductAttention([1] as never, q, q), "expected query to be a tensor"],
  [
    "sizes",
    () => scaledDotProductAttention(q, zeros([2, 4]), q),
    "query [..., queries, size], key [..., keys, size] and value [..., keys, any size], received [2, 3], [2, 4]",
  ],
  [
    "a mask",
    () => scaledDotProductAttention(q, q, q, { mask: tensor([1, 0, 1]) }),
    "scaledDotProductAttention: a mask [3] does not fit scores [..., queries, keys] of [2, 2]",
  ],
])("refuses %s", (_, call, sentence) => {
  expect(call).toThrow(sentence);
});
