// Training on batches as they come: the same weights as on arrays, few batches in memory, and clear endings.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { NeuriteError } from "../../checks/errors.ts";
import { augmented } from "../../data/index.ts";
import { dense, flatten, inputLayer } from "../../nn/layers/index.ts";
import type { NdArray } from "../../ops/define.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../files/checkpoint.ts";
import { restoreCheckpoint } from "../files/restore.ts";
import { sequential } from "../model/sequential.ts";
import type { Batch } from "./source.ts";

const X = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
const Y = X.map(([a, b]) => [a! - b! > 0 ? 1 : 0]);

function made(options: object = {}) {
  return sequential([inputLayer([2]), dense(4, { activation: "tanh" }), dense(1)])
    .with({ seed: 4 })
    .compile({
      loss: "mse",
      optimizer: { name: "adam", learningRate: 0.1 },
      metrics: ["mae", "r2"],
      ...options,
    });
}

const weightsOf = (model: ReturnType<typeof made>) => [...model.state.snapshot().values()];

function* batches(size = 4): Generator<Batch> {
  for (let i = 0; i < X.length; i += size) yield [X.slice(i, i + size), Y.slice(i, i + size)];
}

async function* later(size = 4): AsyncGenerator<Batch> {
  for (const batch of batches(size)) {
    await new Promise((done) => setTimeout(done, 1));
    yield batch;
  }
}

describe.each([
  ["a function that makes a generator", () => () => batches()],
  ["one that makes an async generator", () => () => later()],
  ["an object that is iterated again", () => ({ [Symbol.iterator]: () => batches() })],
  ["one that is read asynchronously", () => ({ [Symbol.asyncIterator]: () => later() })],
])("%s", (_, source) => {
  it.each([1, 2, 5])("trains like arrays, %d batches ahead", async (prefetch) => {
    const [whole, parts] = [made(), made()];
    const expected = await whole.fit(X, Y, {
      epochs: 3,
      batchSize: 4,
      shuffle: false,
      validationData: [X, Y],
    });
    const history = await parts.fit(source() as never, {
      epochs: 3,
      prefetch,
      validationData: source() as never,
    });
    expect(weightsOf(parts)).toEqual(weightsOf(whole));
    for (const [i, { seconds: _, ...figures }] of expected.epochs.entries()) {
      for (const [name, value] of Object.entries(figures)) {
        expect(history.epochs[i]![name], name).toBeCloseTo(value, 6);
      }
    }
    const judged = await parts.evaluate(source() as never);
    const all = await whole.evaluate(X, Y);
    for (const name of Object.keys(all)) expect(judged[name]).toBeCloseTo(all[name]!, 6);
  });
});

it("a generator goes on from epoch to epoch with stepsPerEpoch", async () => {
  const rates: number[] = [];
  const model = made();
  const { epochs } = await model.fit(batches(2), {
    epochs: 3,
    stepsPerEpoch: 2,
    schedule: (epoch, step) => {
      rates.push(step);
      return 0.1 / (1 + epoch);
    },
  });
  expect(epochs.length).toBe(3);
  expect(model.instance.step.item()).toBe(6);
  expect(new Set(rates)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  expect(epochs.map(({ learningRate }) => learningRate)).toEqual([0.1, 0.05, 0.1 / 3]);
});

it("weights and masks come with the batch, class weights with the call", async () => {
  const [named, listed, whole] = [made(), made(), made()];
  const w = Y.map(([y]) => 1 + y!);
  await whole.fit(X, Y, { sampleWeight: w, batchSize: 12, shuffle: false });
  await named.fit([{ x: X, y: Y, sampleWeight: w }][Symbol.iterator]() as never);
  await listed.fit(new Set([[X, Y, w] as const]));
  expect(weightsOf(named)).toEqual(weightsOf(whole));
  expect(weightsOf(listed)).toEqual(weightsOf(whole));
  const classes = made();
  await classes.fit(() => batches(12), { classWeight: { 1: 2 } });
  expect(weightsOf(classes)).toEqual(weightsOf(whole));
  const [masked, half] = [made(), made()];
  const mask = X.map((_, i) => i < 6);
  const { epochs } = await masked.fit(new Set([{ x: X, y: Y, mask: mask as never }]));
  const expected = await half.fit(X.slice(0, 6), Y.slice(0, 6));
  expect(epochs[0]!["meanAbsoluteError"]).toBeCloseTo(expected.epochs[0]!["meanAbsoluteError"]!, 6);
  expect(epochs[0]!.loss).toBeCloseTo(expected.epochs[0]!.loss, 6);
});

it("changed pictures are the same where training goes on from a checkpoint", async () => {
  const x = Float32Array.from({ length: 10 * 36 }, (_, i) => Math.sin(i) ** 2);
  const pictures: NdArray = { dtype: "float32", shape: [10, 6, 6], data: x };
  const labels: NdArray = {
    dtype: "float32",
    shape: [10, 1],
    data: Float32Array.from({ length: 10 }, (_, i) => i % 2),
  };
  const source = () =>
    augmented(
      { x: pictures, y: labels },
      { shift: 2, rotate: 20, cutout: 2, batchSize: 4, seed: 3 },
    );
  const model = () =>
    sequential([inputLayer([6, 6]), flatten(), dense(1)])
      .with({ seed: 1 })
      .compile({ loss: "mse", optimizer: "adam" });
  const whole = model();
  await whole.fit(source(), { epochs: 5 });
  const half = model();
  const { epochs } = await half.fit(source(), { epochs: 2 });
  const checkpoint = decodeCheckpoint(encodeCheckpoint(half, { epochs }));
  const resumed = model();
  expect(restoreCheckpoint(resumed, checkpoint)).toBe("whole");
  await resumed.fit(source(), { epochs: 5, resume: checkpoint.epochs });
  expect([...resumed.state.snapshot()]).toEqual([...whole.state.snapshot()]);
  // The epochs differ from each other.
  const again = model();
  await again.fit(() => source()(0), { epochs: 5 });
  expect([...again.state.snapshot()]).not.toEqual([...whole.state.snapshot()]);
});

describe("memory", () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  /** Twice as many as may be held, since each collection goes through the whole heap. */
  const STEPS = 8;

  it.each([1, 2, 4])("holds at most %d batches", async (prefetch) => {
    let [fetched, used, most] = [0, 0, 0];
    const alive: WeakRef<object>[] = [];
    async function* source(): AsyncGenerator<Batch> {
      for (let i = 0; i < STEPS; i++) {
        fetched++;
        const x = new Float32Array(200).fill(i);
        alive.push(new WeakRef(x));
        yield [{ dtype: "float32", shape: [100, 2], data: x }, new Float32Array(100)];
      }
    }
    let mostAlive = 0;
    await made().fit(source, {
      prefetch,
      callbacks: [
        {
          name: "count",
          onStepEnd: async () => {
            // A macrotask, so that weak references may go.
            await new Promise((done) => setTimeout(done));
            most = Math.max(most, fetched - used);
            used++;
            gc();
            mostAlive = Math.max(mostAlive, alive.filter((ref) => ref.deref()).length);
          },
        },
      ],
    });
    expect(used).toBe(STEPS);
    expect(most).toBe(prefetch);
    expect(mostAlive).toBeLessThanOrEqual(prefetch);
  });

  it("a source is closed when training stops, throws, or is done", async () => {
    let closed = 0;
    function* source(): Generator<Batch> {
      try {
        for (;;) yield* batches();
      } finally {
        closed++;
      }
    }
    const { stopped } = await made().fit(source, {
      callbacks: [{ name: "stop", onStepEnd: (_, control) => control.stop("enough") }],
    });
    expect(stopped).toBe("enough");
    expect(closed).toBe(1);
    await made().fit(source, { epochs: 2, stepsPerEpoch: 2 });
    expect(closed).toBe(3);
    await expect(
      made().fit(source, {
        callbacks: [
          {
            name: "fail",
            onStepEnd() {
              throw new RangeError("mine");
            },
          },
        ],
      }),
    ).rejects.toThrow("mine");
    expect(closed).toBe(4);
  });
});

describe("what goes wrong is said", () => {
  async function* failing(after: number): AsyncGenerator<Batch> {
    for (let i = 0; i < after; i++) yield [X, Y];
    throw new RangeError("disk on fire");
  }
  const cases: readonly [string, () => unknown, object, string][] = [
    ["nothing at all", () => () => [], {}, "fit: the source of batches gave none in epoch 1."],
    [
      "a generator that runs once",
      () => batches(),
      { epochs: 2 },
      "gave none in epoch 2. A generator runs once: give fit() a function that makes one",
    ],
    [
      "an early end",
      () => () => batches(),
      { stepsPerEpoch: 10 },
      "fit: the source of batches ended in epoch 1 after 3 of 10 steps.",
    ],
    [
      "a throw",
      () => () => failing(2),
      { prefetch: 1 },
      "fit: the source of batches threw in epoch 1, after 2 batches: disk on fire",
    ],
    ["a throw at once", () => () => failing(0), {}, "after 0 batches: disk on fire"],
    [
      "a wrong shape",
      () => () => [[[[1, 2, 3]], [[1]]]],
      {},
      "fit: batch 1 of epoch 1: expected input of shape [batch, 2], received [1, 3]",
    ],
    ["more inputs than targets", () => () => [[X, [[1]]]], {}, "fit: batch 1 of epoch 1: expected"],
    ["no batch", () => () => [[X]], {}, "expected a batch [x, y], [x, y, sampleWeight] or { x, y"],
    ["a number", () => () => [3], {}, "received 3"],
    [
      "NaN",
      () => () => [[[[1, Number.NaN]], [[1]]]],
      {},
      "fit: batch 1 of epoch 1: input 0 holds NaN",
    ],
    [
      "a function of nothing",
      () => () => 3,
      {},
      "expected the function to give what can be iterated",
    ],
    ["batchSize", () => () => batches(), { batchSize: 3 }, 'there is no option "batchSize"'],
    ["shuffle", () => () => batches(), { shuffle: true }, 'there is no option "shuffle"'],
    ["balance", () => () => batches(), { classWeight: "balanced" }, 'received "balanced"'],
    [
      "prefetch",
      () => () => batches(),
      { prefetch: 0 },
      "expected prefetch to be a whole number above 0",
    ],
  ];
  it.each(cases)("%s", async (_, source, options, text) => {
    const run = made().fit(source() as never, options);
    await expect(run).rejects.toThrow(NeuriteError);
    await expect(run).rejects.toThrow(text);
  });

  it("keeps the error of the source", async () => {
    const error = await made()
      .fit(() => failing(1))
      .catch((thrown: Error) => thrown);
    expect((error as Error).cause).toBeInstanceOf(RangeError);
  });

  it("targets besides", async () => {
    await expect(made().fit(batches() as never, Y, {})).rejects.toThrow(
      "expected x to be a tensor",
    );
    await expect(made().fit(batches() as never, {} as never, {} as never)).rejects.toThrow(
      "received targets besides",
    );
  });

  it("a penalty that divides by what nobody knows", async () => {
    const regularizer = { kind: "l2", lambda: 0.1, convention: "network2" } as const;
    await expect(made({ regularizer }).fit(() => batches())).rejects.toThrow(
      "divides by the size of the training set, which a source of batches does not tell",
    );
    const [whole, parts] = [made({ regularizer }), made({ regularizer })];
    await whole.fit(X, Y, { batchSize: 4, shuffle: false });
    await parts.fit(() => batches(), { stepsPerEpoch: 3 });
    expect(weightsOf(parts)).toEqual(weightsOf(whole));
  });

  it("an empty source of evaluate", async () => {
    await expect(made().evaluate(new Set() as never)).rejects.toThrow(
      "evaluate: the source of batches gave none",
    );
  });

  it("divergence, by step", async () => {
    const model = made({ optimizer: { name: "sgd", learningRate: 1e30 } });
    await expect(model.fit(() => batches(), { epochs: 9 })).rejects.toThrow(
      /training stopped: .* is no longer finite in epoch \d/,
    );
  });
});
