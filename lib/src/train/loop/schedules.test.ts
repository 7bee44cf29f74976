// Schedules in training: asked at every step, right to the bit however steps are run, and checked.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import type { Metric } from "../../nn/metrics/index.ts";
import { type ScheduleSpec, scheduleOf } from "../../nn/schedules/index.ts";
import { key, normal } from "../../tensor/random.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../files/checkpoint.ts";
import { restoreCheckpoint } from "../files/restore.ts";
import type { Model } from "../model/model.ts";
import { sequential } from "../model/sequential.ts";
import { MOST_RATES } from "../step/rates.ts";
import type { FitOptions } from "./fit.ts";

const COUNT = 36; // 9 whole batches of 4
const x = normal(key(1), [COUNT, 3]);
const y = normal(key(2), [COUNT, 1]);

function makeModel(metrics: Metric[] = []): Model {
  return sequential([inputLayer([3]), dense(4, { activation: "tanh" }), dense(1)])
    .with({ seed: 1 })
    .compile({ loss: "mse", optimizer: { name: "sgd", learningRate: 0.25 }, metrics });
}

const own: Metric = { name: "own", config: {}, compute: () => 0 };
const watch = { name: "watch", onStepEnd() {} };

/** Every way in which steps are run. */
const WAYS: readonly [string, FitOptions, Metric[]][] = [
  ["many in a call", {}, []],
  ["each watched", { callbacks: [watch] }, []],
  ["with a metric that reads values", {}, [own]],
  ["op by op", { eager: true }, []],
];

/** All variables but the rate, which is the optimizer's again when a schedule has ended. */
const weights = (model: Model) =>
  [...model.state.snapshot()].filter(([name]) => name !== "learningRate");
const rateOf = (model: Model) => model.state.variables.get("learningRate")!.item();

/** Trains by calls of one step each, setting the rate by hand before every one. */
async function byHand(rate: (step: number) => number, steps: number, batchSize = 4) {
  const model = makeModel();
  const perEpoch = Math.ceil(COUNT / batchSize);
  let next = 0;
  const set = (control: { learningRate: number }) => {
    if (next < steps) control.learningRate = rate(next++);
  };
  await model.fit(x, y, {
    epochs: steps / perEpoch,
    batchSize,
    callbacks: [
      { name: "by hand", onTrainBegin: set, onStepEnd: (_logs, control) => set(control) },
    ],
  });
  return weights(model);
}

describe.each(WAYS)("a schedule, %s", (_, options, metrics) => {
  it.each([4, 5])("sets the rate of every step, in batches of %d", async (batchSize) => {
    const asked: [number, number][] = [];
    const schedule = (epoch: number, step: number) => {
      asked.push([epoch, step]);
      return 0.1 / (step + 1);
    };
    const model = makeModel(metrics);
    const { epochs } = await model.fit(x, y, { epochs: 3, batchSize, schedule, ...options });
    const perEpoch = Math.ceil(COUNT / batchSize);
    const all = Array.from({ length: 3 * perEpoch }, (_value, step) => step);
    expect(asked).toEqual(all.map((step) => [Math.floor(step / perEpoch), step]));
    expect(epochs.map(({ learningRate }) => learningRate)).toEqual(
      [0, 1, 2].map((epoch) => 0.1 / (epoch * perEpoch + 1)),
    );
    const expected = await byHand((step) => 0.1 / (step + 1), 3 * perEpoch, batchSize);
    expect(weights(model)).toEqual(expected);
  });

  it("goes on where a checkpoint stopped in the middle of it", async () => {
    const schedule = { name: "cosine", rate: 0.2, epochs: 3, warmupSteps: 14 } as const;
    const fit = (model: Model, more: FitOptions) =>
      model.fit(x, y, { batchSize: 4, schedule, ...options, ...more });
    const [whole, half, resumed] = [makeModel(metrics), makeModel(metrics), makeModel(metrics)];
    await fit(whole, { epochs: 3 });
    const { epochs } = await fit(half, { epochs: 1 });
    const checkpoint = decodeCheckpoint(encodeCheckpoint(half, { epochs }));
    restoreCheckpoint(resumed, checkpoint);
    await fit(resumed, { epochs: 3, resume: checkpoint.epochs });
    expect([...resumed.state.snapshot()]).toEqual([...whole.state.snapshot()]);
  });

  it("is refused at the step for which it gives no rate", async () => {
    for (const bad of [Number.NaN, -0.1, Infinity, "0.1", undefined]) {
      const model = makeModel(metrics);
      const seen: number[] = [];
      const run = model.fit(x, y, {
        epochs: 2,
        batchSize: 4,
        schedule: (_epoch, step) => (step === 12 ? (bad as number) : 0.1),
        ...options,
        callbacks: [
          ...(options.callbacks ?? []),
          { name: "progress", onProgress: ({ step }) => void seen.push(step) },
        ],
      });
      await expect(run).rejects.toThrow(
        /expected the schedule to give a finite learning rate of 0 or more, received .* in epoch 2, step 4$/,
      );
      expect(seen.at(-1)).toBe(2); // the steps before it were taken
    }
  });
});

describe("a schedule", () => {
  it("warms up over steps", async () => {
    const expected = await byHand((step) => (0.25 * Math.min(step + 1, 5)) / 5, 9);
    const model = makeModel();
    await model.fit(x, y, { batchSize: 4, schedule: { name: "constant", warmupSteps: 5 } });
    expect(weights(model)).toEqual(expected);
  });

  it("has more steps in an epoch than rates are handed over at once", async () => {
    const steps = 2 * MOST_RATES + 100;
    const many = normal(key(3), [steps, 3]);
    const target = normal(key(4), [steps, 1]);
    const schedule = (_epoch: number, step: number) => 0.01 / (1 + (step % 7));
    const fit = async (options: FitOptions) => {
      const model = makeModel();
      await model.fit(many, target, { batchSize: 1, schedule, ...options });
      return weights(model);
    };
    expect(await fit({})).toEqual(await fit({ callbacks: [watch] }));
  });

  it.each<[string, ScheduleSpec, ScheduleSpec]>([
    ["a name", "cosine", "cosine"],
    ["a specification", { name: "exponential", decay: 0.5 }, { name: "exponential", decay: 0.5 }],
  ])("is %s, which begins at the rate of the optimizer", async (_, schedule, same) => {
    const model = makeModel();
    const { epochs } = await model.fit(x, y, { epochs: 3, schedule });
    const expected = [0, 1, 2].map((epoch) => scheduleOf(same, 0.25).at(epoch, 0));
    expect(epochs.map(({ learningRate }) => learningRate)).toEqual(expected);
    expect(expected[0]).toBe(0.25);
  });

  it("is a number", async () => {
    const { epochs } = await makeModel().fit(x, y, { epochs: 2, schedule: 0.125 });
    expect(epochs.map(({ learningRate }) => learningRate)).toEqual([0.125, 0.125]);
  });

  it("begins anew in every fit, and after one without it", async () => {
    const steps: number[] = [];
    const model = makeModel();
    const schedule = (_epoch: number, step: number) => {
      steps.push(step);
      return 0.1;
    };
    await model.fit(x, y, { batchSize: 18, schedule });
    await model.fit(x, y, { batchSize: 18 });
    await model.fit(x, y, { batchSize: 18, schedule });
    expect(steps).toEqual([0, 1, 0, 1]);
  });

  it("ends with its fit", async () => {
    const model = makeModel();
    await model.fit(x, y, { epochs: 2, schedule: { name: "cosine", epochs: 1 } });
    expect(rateOf(model)).toBe(0.25);
    const { epochs } = await model.fit(x, y);
    expect(epochs[0]!.learningRate).toBe(0.25);
  });

  it("leaves no other hand on the rate", async () => {
    const setting = (rate: unknown) => ({
      name: "setting",
      onEpochEnd(_logs: object, control: { learningRate: number }) {
        control.learningRate = rate as number;
      },
    });
    await expect(makeModel().fit(x, y, { schedule: 0.1, callbacks: [setting(1)] })).rejects.toThrow(
      "a callback cannot set the learning rate while a schedule sets it",
    );
    for (const rate of [Number.NaN, -1, "1"]) {
      await expect(makeModel().fit(x, y, { callbacks: [setting(rate)] })).rejects.toThrow(
        "expected a callback to set a finite learning rate of 0 or more",
      );
    }
  });
});
