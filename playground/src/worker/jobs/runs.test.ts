/** Runs that are kept, and races: what comes back is the run itself. */
import { describe, expect, it } from "vitest";
import type { Problem, Runner } from "../../protocol/index.ts";
import { type Settings, withData, withRate, XOR } from "../../state/index.ts";
import { metricsOf } from "../run/judgement.ts";
import { startRun } from "../run/live-run.ts";
import { checkFormula } from "./check-formula.ts";
import { race } from "./race.ts";
import { snapshot } from "./snapshot.ts";

describe("a snapshot", () => {
  it("holds the weights, from which the run goes on with the same loss", async () => {
    const live = await startRun(XOR);
    await live.timeline.advance(40);
    const kept = await snapshot({ cells: 4 }, live);
    expect([kept.step, kept.epoch, kept.map?.length]).toEqual([40, 40, 16]);
    expect(Object.keys(kept.weights)).toEqual(["dense1/w", "dense1/b", "dense2/w", "dense2/b"]);
    const again = await startRun(XOR, kept.weights, kept);
    expect(await metricsOf(again)).toEqual(await metricsOf(live));
    expect((await snapshot({ cells: 2 }, again)).step).toBe(40);
  });
});

describe("a race", () => {
  const layers = [
    { kind: "input", shape: [2] },
    { kind: "dense", units: 1 },
  ];
  const wild: Settings = {
    ...XOR,
    run: { ...withRate(XOR.run, 1e38), loss: "meanSquaredError", model: { layers } },
  };

  it("measures each runner after the same epochs, as the run itself is", async () => {
    const slow = { ...XOR, run: withRate(XOR.run, 0.01) };
    const [one, other] = await race({ runners: [XOR, slow], epochs: [0, 10, 30] }, null);
    expect(one).toMatchObject({ badStep: null, parameters: 9, problem: null });
    expect(one!.rows.map(({ epoch }) => epoch)).toEqual([0, 10, 30]);
    const live = await startRun(XOR);
    await live.timeline.advance(30);
    expect(one!.rows[2]).toEqual({ epoch: 30, ...(await metricsOf(live)) });
    expect(other!.rows[0]).toEqual(one!.rows[0]);
    expect(other!.rows[2]).not.toEqual(one!.rows[2]);
  });
  it("tells where all runners stand after each of the epochs", async () => {
    const told: number[][] = [];
    const tell = (runners: readonly Runner[]) => told.push(runners.map(({ rows }) => rows.length));
    await race({ runners: [XOR, wild], epochs: [0, 2, 50] }, null, tell);
    expect(told).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });
  it("ends for a runner where a number is not finite, or where it cannot be trained", async () => {
    const unknown = { ...XOR, run: { ...XOR.run, loss: "nothing" } } as Settings;
    const runners = await race({ runners: [wild, unknown, XOR], epochs: [0, 50] }, null);
    expect(runners.map(({ rows }) => rows.length)).toEqual([1, 0, 2]);
    expect(runners[0]!.badStep).toBeGreaterThan(0);
    expect(runners[1]!.problem).toMatchObject({
      code: "unknownName",
      data: { what: "loss", name: "nothing" },
    });
  });
});

describe("a formula", () => {
  const names = ["x1", "x2"];
  const check = async (...[asks, live = null]: Partial<Parameters<typeof checkFormula>>) =>
    (await checkFormula(asks!, live)).problem;
  it("is told to be readable, or where it is not", async () => {
    expect(await check({ text: "sin(x1)", names })).toBeNull();
    expect(await check({ text: "x1 + * 2", names })).toMatchObject({
      code: "expression",
      data: { at: 5 },
    });
    expect(await check({ text: "x3", names })).toMatchObject({
      code: "unknownInput",
      data: { name: "x3" },
    });
  });
  it("is told where it gives no finite number for an example", async () => {
    const source = {
      kind: "formula",
      text: "x1",
      classes: null,
      samples: 50,
      noise: 0,
      seed: 1,
    } as const;
    expect(await check({ text: "x1/2", names, source })).toBeNull();
    const log = await check({ text: "log(x1)", names, source });
    expect(log).toMatchObject({ code: "notFinite", data: { text: "log(x1)", value: Number.NaN } });
    const { place } = (log as Extract<Problem, { code: "notFinite" }>).data;
    expect(place[0]![1]).toBeLessThan(0);
    // A double, but no float32.
    expect(await check({ text: "1e39*x1", names, source })).toMatchObject({ code: "notFinite" });

    const live = await startRun(XOR);
    expect(await check({ text: "log(x1 + 1)", names }, live)).toBeNull();
    expect(await check({ text: "1/x2", names }, live)).toEqual({
      code: "notFinite",
      data: {
        text: "1/x2",
        place: [
          ["x1", 0],
          ["x2", 0],
        ],
        value: Number.POSITIVE_INFINITY,
      },
    });
    const features = ["x1", "log(x2)"];
    const wrong = withData(XOR, { data: { features } });
    await expect(startRun(wrong)).rejects.toMatchObject({
      problem: { code: "notFinite", data: { text: "log(x2)", value: Number.NEGATIVE_INFINITY } },
    });
  });
});
