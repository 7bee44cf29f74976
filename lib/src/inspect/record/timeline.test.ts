import { describe, expect, it } from "vitest";
import { moons, pickExamples } from "../../data/index.ts";
import { dense, dropout, inputLayer } from "../../nn/layers/index.ts";
import { mul } from "../../tensor/elementwise.ts";
import type { Snapshot } from "../../train/callbacks/index.ts";
import { sequential } from "../../train/model/sequential.ts";
import { firstFaultOf } from "./first-fault.ts";
import { Timeline, type TimelineOptions } from "./timeline.ts";

const { x, y } = moons({ samples: 100, noise: 0.2, seed: 3 }).train;

function makeModel() {
  return sequential([
    inputLayer([2]),
    dense(6, { activation: "tanh" }),
    dropout(0.2),
    dense(1, { activation: "sigmoid" }),
  ]).compile({ loss: "binaryCrossentropy", optimizer: { name: "adam", learningRate: 0.05 } });
}

const OPTIONS = { batchSize: 8, snapshots: 4 } as const; // 7 steps an epoch, the last of 2 examples

const copyOf = (timeline: Timeline): Snapshot => timeline.model.state.snapshot();

describe("a timeline", () => {
  it.each([
    ["as it is", {}],
    ["in order", { shuffle: false }],
    ["by a schedule", { schedule: { name: "cosine", epochs: 4, rate: 0.1 } }],
  ] satisfies [string, Partial<TimelineOptions>][])(
    "takes the steps of fit(), %s",
    async (_, more) => {
      const fitted = makeModel();
      await fitted.fit(x, y, { epochs: 4, batchSize: 8, ...more });
      const timeline = new Timeline(makeModel(), x, y, { ...OPTIONS, ...more });
      await timeline.advance(4 * timeline.stepsPerEpoch);
      expect(timeline.stepsPerEpoch).toBe(7);
      for (const [name, variable] of fitted.state.variables) {
        if (name !== "learningRate")
          expect(copyOf(timeline).get(name), name).toEqual(variable.data);
      }
    },
  );

  it("reaches every earlier step again, to the bit, with few states kept", async () => {
    const timeline = new Timeline(makeModel(), x, y, OPTIONS);
    const states = [copyOf(timeline)];
    for (let i = 0; i < 30; i++) {
      await timeline.advance();
      states.push(copyOf(timeline));
    }
    expect(timeline.kept.length).toBeLessThanOrEqual(4);
    expect(timeline.kept[0]).toBe(0);
    for (const step of [29, 3, 7, 8, 0, 30, 14, 13, 15, 1]) {
      const { step: at, epochs } = await timeline.seek(step);
      expect([at, epochs]).toEqual([step, step / 7]);
      expect(copyOf(timeline), `step ${step}`).toEqual(states[step]);
    }
    expect(timeline.furthest).toBe(30);
  });

  it("names the rows that the next step takes: those, and no others, change the weights", async () => {
    const plain = () =>
      sequential([inputLayer([2]), dense(1)]).compile({
        loss: "meanSquaredError",
        optimizer: { name: "sgd", learningRate: 0.1 },
      });
    const timeline = new Timeline(plain(), x, y, { batchSize: 8 });
    await timeline.advance(3);
    const rows = timeline.nextRows();
    expect(rows).toHaveLength(8);
    expect(timeline.nextRows()).toEqual(rows);
    // One step on these rows alone, in one batch, from the same weights.
    const alone = plain();
    const { params } = alone.instance;
    for (const [name, { storage }] of timeline.model.instance.params.variables) {
      params.variables.get(name)!.storage.write(storage.read());
      params.variables.get(name)!.changed();
    }
    const { x: own, y: targets } = pickExamples({ x, y }, rows);
    await alone.fit(own, targets, { batchSize: 8, shuffle: false });
    await timeline.advance();
    for (const [name, { data }] of timeline.model.instance.params.variables) {
      expect([...params.variables.get(name)!.data], name).toEqual([...data]);
    }
    // Every row once an epoch; the last step takes the rest.
    const epoch: number[] = [];
    await timeline.seek(timeline.stepsPerEpoch);
    for (let i = 0; i < timeline.stepsPerEpoch; i++) {
      epoch.push(...timeline.nextRows());
      await timeline.advance();
    }
    expect(epoch.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it("gives the loss of the last step, and none where no step was run", async () => {
    const timeline = new Timeline(makeModel(), x, y, OPTIONS);
    const { loss } = await timeline.advance(10);
    const again = await timeline.seek(9);
    expect(again.loss).not.toBe(loss);
    expect((await timeline.advance()).loss).toBe(loss);
    expect((await timeline.seek(10)).loss).toBeNull();
  });

  it("goes another way after a change, and forgets the first one", async () => {
    const timeline = new Timeline(makeModel(), x, y, OPTIONS);
    await timeline.advance(20);
    const first = copyOf(timeline);
    await timeline.seek(5);
    timeline.change(() => {
      const { w } = timeline.model.layer("dense1");
      w!.assign(mul(w!.read(), 2));
    });
    const changed = copyOf(timeline);
    expect(timeline.furthest).toBe(5);
    expect(timeline.kept.every((step) => step <= 5)).toBe(true);
    await timeline.advance(15);
    const second = copyOf(timeline);
    expect(second).not.toEqual(first);
    await timeline.seek(5);
    expect(copyOf(timeline)).toEqual(changed);
    await timeline.seek(20);
    expect(copyOf(timeline)).toEqual(second);
  });

  it("says so when somebody else has trained the model", async () => {
    const timeline = new Timeline(makeModel(), x, y, OPTIONS);
    await timeline.advance(2);
    await timeline.model.fit(x, y);
    await expect(timeline.advance()).rejects.toThrow("advance: this model was trained or compiled");
    expect(() => timeline.change(() => {})).toThrow("make a new one");
  });

  it.each([
    [() => new Timeline(3 as never, x, y), "Timeline: expected model to be a model"],
    [() => new Timeline(makeModel(), x, y, { bachSize: 3 } as never), '"batchSize"'],
    [() => new Timeline(sequential([inputLayer([2]), dense(1)]), x, y), "call compile() first"],
    [() => new Timeline(makeModel(), [[1, 2, 3]], [[0]]), "Timeline: "],
  ])("refuses what it cannot walk over: %#", (make, message) => {
    expect(make).toThrow(message);
  });

  it("refuses steps that are no whole numbers", async () => {
    const timeline = new Timeline(makeModel(), x, y, OPTIONS);
    await expect(timeline.advance(-1)).rejects.toThrow(
      "advance: expected steps to be a whole number",
    );
    await expect(timeline.seek(1.5)).rejects.toThrow("seek: expected step to be a whole number");
  });
});

describe("the first fault", () => {
  it("is none where all is finite, and the model stays where it is", async () => {
    const timeline = new Timeline(makeModel(), x, y, OPTIONS);
    await timeline.advance(12);
    const here = copyOf(timeline);
    expect(await firstFaultOf(timeline)).toBeNull();
    expect(copyOf(timeline)).toEqual(here);
  });

  it("is the step and the op that made numbers too large", async () => {
    const model = sequential([inputLayer([2]), dense(4, { activation: "relu" }), dense(1)]).compile(
      {
        loss: "meanSquaredError",
        optimizer: { name: "sgd", learningRate: 3 },
      },
    );
    const timeline = new Timeline(model, x, y, OPTIONS);
    await timeline.advance(60);
    const fault = (await firstFaultOf(timeline))!;
    expect(timeline.step).toBe(fault.step);
    expect(fault.step).toBe(fault.epoch * 7 + fault.stepOfEpoch);
    expect(fault.source?.fault).toMatch(/NaN|an infinity/);
    expect(fault.source?.op).toMatch(/^[a-zA-Z]+$/);
    expect(fault.isGiven).toBe(false);
    // All is finite before that step, and something is not after it.
    const isAllFinite = () =>
      [...copyOf(timeline).values()].every((data) => data.every((v: number) => Number.isFinite(v)));
    expect(isAllFinite()).toBe(true);
    await timeline.advance();
    expect(isAllFinite() && timeline.badStep !== fault.step).toBe(false);
  });

  it("is found where fit() finds it", async () => {
    const make = () =>
      sequential([inputLayer([2]), dense(4, { activation: "relu" }), dense(1)]).compile({
        loss: "meanSquaredError",
        optimizer: { name: "sgd", learningRate: 3 },
      });
    const timeline = new Timeline(make(), x, y, OPTIONS);
    await timeline.advance(60);
    const { epoch, stepOfEpoch, finding } = (await firstFaultOf(timeline))!;
    await expect(make().fit(x, y, { epochs: 9, batchSize: 8 })).rejects.toThrow(
      new RegExp(`in epoch ${epoch + 1}, step ${stepOfEpoch + 1}: ${finding!.slice(0, 6)}`),
    );
  });
});
