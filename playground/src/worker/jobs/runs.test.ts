/** Runs that are kept, and races: what comes back is the run itself. */
import { describe, expect, it } from "vitest";
import { withRate, XOR } from "../../state/index.ts";
import { metricsOf, startRun } from "../run/live-run.ts";
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
  it("measures each runner after the same epochs, as the run itself is", async () => {
    const { rows, badStep, parameters } = await race({ settings: XOR, epochs: [0, 10, 30] }, null);
    expect([badStep, parameters]).toEqual([null, 9]);
    expect(rows.map(({ epoch }) => epoch)).toEqual([0, 10, 30]);
    const live = await startRun(XOR);
    await live.timeline.advance(30);
    expect(rows[2]).toEqual({ epoch: 30, ...(await metricsOf(live)) });
  });
  it("ends where a number is not finite", async () => {
    const settings = { ...XOR, run: { ...withRate(XOR.run, 1e38), loss: "meanSquaredError" } };
    const layers = [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 1 },
    ];
    const wild = { ...settings, run: { ...settings.run, model: { layers } } };
    const { rows, badStep } = await race({ settings: wild, epochs: [0, 50] }, null);
    expect(rows).toHaveLength(1);
    expect(badStep).toBeGreaterThan(0);
  });
});

it("a formula is told to be readable, or where it is not", () => {
  const names = ["x1", "x2"];
  expect(checkFormula({ text: "sin(x1)", names }, null)).toEqual({ problem: null });
  expect(checkFormula({ text: "x1 + * 2", names }, null)).toMatchObject({
    problem: { code: "expression", data: { at: 5 } },
  });
  expect(checkFormula({ text: "x3", names }, null)).toMatchObject({
    problem: { code: "unknownInput", data: { name: "x3" } },
  });
});
