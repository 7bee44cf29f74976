// Sequences of which only some steps count: masks, lengths, padding, and state from batch to batch.

import { describe, expect, it } from "vitest";
import "../../../tensor/methods.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { tensor, zeros } from "../../../tensor/create.ts";
import { key, normal } from "../../../tensor/random.ts";
import { functionalModel, sequential } from "../../../train/model/sequential.ts";
import { connect, input, network } from "../../index.ts";
import {
  bidirectional,
  block,
  dense,
  dropout,
  embedding,
  flatten,
  gru,
  type Layer,
  layerNormalization,
  lstm,
  multiHeadAttention,
  type Params,
  simpleRnn,
  timeDistributed,
  transformerBlock,
} from "../index.ts";

const KINDS: [string, typeof gru][] = [
  ["simpleRnn", simpleRnn as never],
  ["lstm", lstm as never],
  ["gru", gru],
];
const x: Tensor = normal(key(2), [2, 4, 3], { dtype: "float64" });

function run(layer: Layer, from: Tensor, also: Tensor[] = [], mask?: Tensor) {
  const { params, state } = layer.init(key(4), from.shape.slice(1), "float64");
  const told = { training: true, key: key(1), also, mask };
  return layer.apply({ params, state }, from, told);
}

describe.each(KINDS)("%s", (kind, make) => {
  it("stops where a sequence ends: the last state is that of the shorter sequence", () => {
    for (const lengths of [tensor([2, 4]), tensor([[2], [4]]), tensor([2, 4], "int32")]) {
      const y = run(make(3), x, [lengths]).y;
      const short = run(make(3), x.at("0:1", "0:2") as Tensor).y;
      const whole = run(make(3), x.at("1:2") as Tensor).y;
      expect(y.at("0:1").toArray()).toEqual(short.toArray());
      expect(y.at("1:2").toArray()).toEqual(whole.toArray());
    }
  });

  it("takes a mask of ones for none, a length for the mask that says the same", () => {
    const layer = make(3, { returnSequences: true });
    expect(
      run(layer, x, [
        tensor([
          [1, 1, 1, 1],
          [1, 1, 1, 1],
        ]),
      ]).y.toArray(),
    ).toEqual(run(layer, x).y.toArray());
    expect(run(layer, x, [tensor([3, 1])]).y.toArray()).toEqual(
      run(layer, x, [
        tensor([
          [1, 1, 1, 0],
          [1, 0, 0, 0],
        ]),
      ]).y.toArray(),
    );
  });

  it("reads nothing of a sequence of length 0, and gives 0", () => {
    expect(run(make(3), x, [tensor([0, 0])]).y.toArray()).toEqual(zeros([2, 3]).toArray());
  });

  it("repeats its output at a masked step, or gives 0 there", () => {
    const mask = tensor([
      [1, 0, 1, 0],
      [1, 0, 1, 0],
    ]);
    const all = run(make(3, { returnSequences: true }), x, [mask]).y;
    expect(all.at(":", 1).toArray()).toEqual(all.at(":", 0).toArray());
    expect(all.at(":", 3).toArray()).toEqual(all.at(":", 2).toArray());
    const cut = run(make(3, { returnSequences: true, zeroOutputForMask: true }), x, [mask]).y;
    expect(cut.at(":", 1).toArray()).toEqual(zeros([2, 3]).toArray());
    expect(cut.at(":", 2).toArray()).toEqual(all.at(":", 2).toArray());
  });

  it("goes on where the batch before ended, when it is stateful", () => {
    const layer = make(3, { stateful: true, batchSize: 2 });
    const { params, state } = layer.init(key(4), [2, 3], "float64");
    const told = { training: false, key: key(1) };
    const first = layer.apply({ params, state }, x.at(":", "0:2") as Tensor, told);
    const then = layer.apply({ params, state: first.state }, x.at(":", "2:4") as Tensor, told);
    expect(then.y.toArray()).toEqual(run(make(3), x).y.toArray());
    expect(first.y.toArray()).not.toEqual(then.y.toArray());
  });

  it("refuses masks and lengths that do not fit, and state without its batch size", () => {
    expect(() => make(3).outputShape([4, 3], [5])).toThrow(
      `${kind}: expected a mask [4], a number for each step of [4, 3], or a length [], received [5]`,
    );
    expect(() => make(3).outputShape([4, 3], [4, 1])).toThrow("received [4, 1]");
    expect(() => run(make(3), x, [tensor([5, 1])])).toThrow(
      `${kind}: expected lengths from 0 to 4, the steps of a sequence, received 5`,
    );
    expect(() => run(make(3), x, [tensor([-1, 1])])).toThrow("received -1");
    expect(() => run(make(3), x, [tensor([1.5, 1])])).toThrow("received 1.5");
    expect(() => make(3, { stateful: true })).toThrow(
      `${kind}: expected batchSize besides stateful: the number of sequences that go on`,
    );
    expect(() => make(3, { batchSize: 2 })).toThrow("batchSize belongs to { stateful: true }");
    expect(() => run(make(3, { stateful: true, batchSize: 3 }), x)).toThrow(
      `${kind}: expected batches of 3 sequences, as its batchSize says, received one of 2`,
    );
  });
});

describe("embedding with maskZero", () => {
  const words = tensor(
    [
      [3, 1, 0, 0],
      [2, 2, 1, 0],
    ],
    "int32",
  );
  const masked = { maskZero: true } as const;

  it.each<[string, readonly Layer[]]>([
    ["lstm", [lstm(3)]],
    ["layers between", [dense(4), dropout(0), layerNormalization(), gru(2)]],
    ["bidirectional", [bidirectional(gru(2))]],
    ["bidirectional sequences", [bidirectional(gru(2, { returnSequences: true })), lstm(2)]],
    ["backwards and on", [gru(2, { returnSequences: true, goBackwards: true }), lstm(2)]],
    ["two recurrent layers", [gru(2, { returnSequences: true }), lstm(2)]],
    ["timeDistributed", [timeDistributed(dense(2)), lstm(2)]],
    ["a block", [block([dense(3), lstm(2)])]],
    ["a block before", [block([dense(3)]), lstm(2)]],
    ["attention", [multiHeadAttention(2), lstm(2)]],
    ["a transformer", [transformerBlock(2, { hidden: 4 }), lstm(2)]],
  ])("makes padding count for nothing: %s", async (_, layers) => {
    const model = (steps: number) =>
      sequential([steps], embedding(5, 4, masked), ...layers).with({ seed: 3, dtype: "float64" });
    const long = await model(4).predict(words);
    const short = await model(2).predict(words.at("0:1", "0:2") as Tensor);
    expect(long.at(0).sub(short.at(0)).abs().max().item()).toBeLessThan(1e-12);
    const open = sequential([4], embedding(5, 4), ...layers).with({ seed: 3, dtype: "float64" });
    const seen = await open.predict(words);
    expect(long.at(0).sub(seen.at(0)).abs().max().item()).toBeGreaterThan(1e-4);
  });

  it("is for sequences, and its mask ends where steps are mixed", async () => {
    expect(() => sequential([2, 2], embedding(5, 4, masked)).summary()).toThrow(
      "embedding: maskZero wants examples [steps], received [2, 2]",
    );
    const model = sequential([4], embedding(5, 4, masked), flatten(), dense(2));
    expect((await model.predict(words)).shape).toEqual([2, 2]);
  });

  it("trains: a stream of words in a network with an explicit length gives the same", async () => {
    const places = [input([4], { name: "words" }), input([], { name: "length" })] as const;
    const embedded = connect(embedding(5, 4), places[0]);
    const end = connect(dense(1), connect(lstm(3), embedded, places[1]));
    const told = functionalModel(network([...places], [end]), { seed: 3 });
    const own = sequential([4], embedding(5, 4, masked), lstm(3), dense(1)).with({ seed: 3 });
    const y = tensor([[1], [0]]);
    const both = [told, own].map((m) => m.compile({ loss: "meanSquaredError", optimizer: "adam" }));
    const lengths = tensor([2, 3], "int32");
    await both[0]!.fit([words, lengths] as never, y, { epochs: 3 });
    await both[1]!.fit(words, y, { epochs: 3 });
    const losses = [
      await both[0]!.evaluate([words, lengths] as never, y),
      await both[1]!.evaluate(words, y),
    ];
    expect(losses[0]!.loss).toBeCloseTo(losses[1]!.loss, 6);
  });
});

describe("a stateful model", () => {
  const long: Tensor = normal(key(5), [2, 6, 1]);
  const make = (steps: number, stateful: boolean) => {
    const options = stateful ? { stateful, batchSize: 2 } : {};
    return sequential(
      [steps, 1],
      block([lstm(3, options)]),
      dense(1, { activation: "sigmoid" }),
    ).with({ seed: 2 });
  };
  const part = (i: number) => long.at(":", `${i}:${i + 2}`) as Tensor;

  it("predicts a long sequence piece by piece, until its states are reset", async () => {
    const model = make(2, true);
    await model.predict(part(0));
    await model.predict(part(2));
    const end = await model.predict(part(4));
    const whole = await make(6, false).predict(long);
    expect(end.sub(whole).abs().max().item()).toBeLessThan(1e-6);
    const first = (await model.resetStates().predict(part(0))).toArray();
    expect(first).not.toEqual(end.toArray());
    expect((await model.resetStates().predict(part(0))).toArray()).toEqual(first);
    const state = [...model.state.variables.keys()].filter((name) => name.startsWith("state/"));
    expect(state).toEqual(["state/block1/lstm1/carried/h", "state/block1/lstm1/carried/c"]);
  });

  it("carries its state through fit() and evaluate(), and tells what it ends with", async () => {
    const model = make(2, true);
    const y = tensor([[1], [0]]);
    model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
    const h = () => [...model.state.variables.get("state/block1/lstm1/carried/h")!.data];
    expect(h()).toEqual(new Array(6).fill(0));
    await model.fit(part(0), y, { epochs: 1, batchSize: 2, shuffle: false });
    const after = h();
    expect(after.some((value) => value !== 0)).toBe(true);
    await model.evaluate(part(2), y, { batchSize: 2 });
    expect(h()).not.toEqual(after);
    model.resetStates();
    expect(h()).toEqual(new Array(6).fill(0));
    await expect(model.predict(long.at("0:1", "0:2") as Tensor)).rejects.toThrow(
      'layer "block1": in "lstm1": lstm: expected batches of 2 sequences',
    );
  });
});

it("a stateful model carries its state from part to part of accumulated batches", async () => {
  const x = normal(key(6), [8, 2, 1], { dtype: "float64" });
  const y = normal(key(7), [8, 1], { dtype: "float64" });
  const fitted = async (learningRate: number, accumulate: number, rows = 8) => {
    const model = sequential([2, 1], lstm(3, { stateful: true, batchSize: 2 }), dense(1))
      .with({ seed: 2, dtype: "float64" })
      .compile({ loss: "mse", optimizer: { name: "sgd", learningRate } });
    const how = { batchSize: 2, accumulate, shuffle: false };
    const { epochs } = await model.fit(x.at(`0:${rows}`), y.at(`0:${rows}`), how);
    return { loss: epochs[0]!.loss, numbers: [...model.state.snapshot()] };
  };
  const numbersOf = ({ numbers }: Awaited<ReturnType<typeof fitted>>, prefix: string) =>
    numbers.flatMap(([name, data]) => (name.startsWith(prefix) ? [...data].map(Number) : []));
  // Where nothing is learnt, four batches and one of four parts see the same.
  const [batches, parts] = [await fitted(0, 1), await fitted(0, 4)];
  expect(parts.loss).toBeCloseTo(batches.loss, 12);
  const states = numbersOf(batches, "state/");
  expect(states.some((value) => value !== 0)).toBe(true);
  numbersOf(parts, "state/").forEach((value, i) => expect(value).toBeCloseTo(states[i]!, 12));
  // And the one step is by the mean of their gradients.
  const [one, two] = [await fitted(0.1, 4), await fitted(0.2, 4)];
  const [still, a, b] = [parts, one, two].map((run) => numbersOf(run, "params/"));
  still!.forEach((w, i) => expect(b![i]! - w).toBeCloseTo(2 * (a![i]! - w), 12));
  await expect(fitted(0.1, 4, 7)).rejects.toThrow("lstm: expected batches of 2 sequences");
});

it("params of a recurrent layer are the same with and without state", () => {
  const names = (layer: Layer) =>
    Object.keys(layer.init(key(1), [2, 3], "float32").params as Params);
  expect(names(lstm(2, { stateful: true, batchSize: 1 }))).toEqual(names(lstm(2)));
});

it.each([5, -1, 2.5])(
  "a model refuses the length %d in a sentence, whatever it does",
  async (length) => {
    const [sequence, steps] = [input([4, 3]), input([])];
    const model = functionalModel(network([sequence, steps], [connect(lstm(2), sequence, steps)]));
    model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
    const [given, y] = [[zeros([2, 4, 3]), tensor([4, length])] as never, zeros([2, 2])];
    const refused = `lstm: expected lengths from 0 to 4, the steps of a sequence, received ${length}`;
    await expect(model.predict(given)).rejects.toThrow(refused);
    await expect(model.evaluate(given, y)).rejects.toThrow(refused);
    await expect(model.trainOnBatch(given, y)).rejects.toThrow(refused);
    await expect(model.fit(given, y)).rejects.toThrow(refused);
  },
);
