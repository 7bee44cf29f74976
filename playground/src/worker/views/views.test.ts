import { describe, expect, it } from "vitest";
import type { ViewKinds, ViewName, ViewRequest } from "../../protocol/index.ts";
import { QUADRANTS, type Settings, XOR } from "../../state/index.ts";
import { runJob } from "../jobs/index.ts";
import { judgementOf } from "../run/judgement.ts";
import { type LiveRun, startRun } from "../run/live-run.ts";
import { computeView } from "./index.ts";

const W = {
  "dense1/w": Float32Array.of(1, -1, 1, -1),
  "dense1/b": Float32Array.of(0, 1),
  "dense2/w": Float32Array.of(2, 3),
  "dense2/b": Float32Array.of(-1),
};

const stateOf = (live: LiveRun) => ({ inside: null, judgement: () => judgementOf(live) });

async function viewOf<K extends ViewName>(
  settings: Settings,
  asks: Extract<ViewRequest, { view: K }>,
  weights = {},
): Promise<ViewKinds[K]["gives"]> {
  const live = await startRun(settings, weights);
  return (await computeView(live, asks, stateOf(live))) as unknown as ViewKinds[K]["gives"];
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

describe("views of a run", () => {
  it("takes an example through the network, and back", async () => {
    const asks = { view: "example", part: "train", row: 1 } as const;
    const { example } = await viewOf<"example">(XOR, asks, W);
    const [x1, x2] = example!.x as [number, number];
    expect(x1 + x2).toBe(1);
    const a = [Math.tanh(1), Math.tanh(0)];
    const z = 2 * a[0]! + 3 * a[1]! - 1;
    expect(example!.layers[0]!.z).toEqual([1, 0]);
    expect(example!.layers[0]!.slope![0]).toBeCloseTo(1 - a[0]! ** 2, 6);
    expect(example!.layers[1]!.z[0]).toBeCloseTo(z, 6);
    expect(example!.loss).toBeCloseTo(-Math.log(sigmoid(z)), 6);
    const delta = sigmoid(z) - 1;
    expect(example!.layers[1]!.delta[0]).toBeCloseTo(delta, 6);
    expect(example!.layers[0]!.delta[1]).toBeCloseTo(delta * 3, 6);
  });

  it("gives nothing of an example that is not there", async () => {
    const asks = { view: "example", part: "train", row: 4 } as const;
    expect(await viewOf<"example">(XOR, asks)).toMatchObject({ example: null });
  });

  it("finds mean gradients, saturated and dead units", async () => {
    const { layers, examples } = await viewOf<"flow">(XOR, { view: "flow" }, W);
    expect(examples).toBe(4);
    const rows = await Promise.all(
      [0, 1, 2, 3].map((row) => viewOf<"example">(XOR, { view: "example", part: "train", row }, W)),
    );
    const mean = rows.reduce((sum, { example }) => sum + example!.layers[0]!.dw[2]! / 4, 0);
    expect(layers[0]!.gradients["w"]![2]).toBeCloseTo(mean, 6);
    const numbers = Object.values(layers[1]!.gradients).flatMap((list) => [...list]);
    expect(layers[1]!.norm).toBeCloseTo(Math.hypot(...numbers), 6);
    const far = { ...W, "dense1/b": Float32Array.of(50, 1) };
    const { layers: stuck } = await viewOf<"flow">(XOR, { view: "flow" }, far);
    expect(stuck[0]).toMatchObject({ dead: [0], saturated: 0.5 });
  });

  it("scores classes by a confusion matrix, values by R² and RMSE", async () => {
    const { train, test } = await viewOf<"scores">(XOR, { view: "scores" }, W);
    // The truth table is its own test.
    expect(test).toEqual(train);
    // z = 2 tanh(x1 + x2) + 3 tanh(1 - x1 - x2) - 1 is above 0 but for (1, 1).
    expect(train).toEqual({
      kind: "classes",
      count: 4,
      accuracy: 0.75,
      confusion: [
        [1, 1],
        [0, 2],
      ],
    });
    const values: Settings = {
      run: { ...XOR.run, metrics: [], loss: "meanSquaredError", dtype: "float64" },
      data: {
        ...XOR.data,
        testShare: 0.5,
        source: {
          kind: "points",
          classes: null,
          names: ["x1", "x2"],
          points: [0, 1, 2, 3].map((y) => ({ x: [0, 0], y })),
        },
      },
    };
    const zero = Object.fromEntries(
      Object.entries(W).map(([name, { length }]) => [name, new Float32Array(length)]),
    );
    const live = await startRun(values, zero);
    const scores = await computeView(live, { view: "scores" }, stateOf(live));
    // The output is one half everywhere.
    const expected = (targets: readonly number[]) => {
      const mean = targets.reduce((a, b) => a + b) / targets.length;
      const squares = (from: number) => targets.reduce((sum, y) => sum + (y - from) ** 2, 0);
      const rmse = expect.closeTo(Math.sqrt(squares(0.5) / targets.length), 12);
      const r2 = expect.closeTo(1 - squares(0.5) / squares(mean), 12);
      return { kind: "values", count: targets.length, r2, rmse };
    };
    const [train2, test2] = [live.data.raw.train, live.data.raw.test].map(({ y }) => [...y.data]);
    expect(scores).toEqual({
      view: "scores",
      train: expected(train2!),
      test: expected(test2!),
    });
  });

  it("bends the plane by a hidden layer", async () => {
    const asks = { view: "space", layer: "dense1", units: [0, 1], lines: 3 } as const;
    const { space } = await viewOf<"space">(XOR, asks, W);
    expect(space!.grid).toHaveLength(2 * 3 * space!.steps * 2);
    // The first point is the upper left corner of the window, (-0.05, 1.05).
    expect(space!.grid[0]).toBeCloseTo(Math.tanh(1), 6);
    expect(space!.grid[1]).toBeCloseTo(Math.tanh(0), 6);
    const { normal, offset } = space!.border!;
    // 2 a + 3 b - 1 = 0 in Hesse's form.
    expect(normal[1] / normal[0]).toBeCloseTo(1.5, 6);
    expect(offset).toBeCloseTo(1 / Math.hypot(2, 3), 6);
    const swapped = await viewOf<"space">(XOR, { ...asks, units: [1, 0] }, W);
    expect(swapped.space!.points[1]).toBe(space!.points[0]);
    expect(swapped.space!.border!.normal[0]).toBeCloseTo(normal[1], 12);
  });
});

describe("jobs of the network page", () => {
  it("draws an activation function and its slope", async () => {
    const asks = { layer: "dense1", from: -1, to: 1, points: 3 };
    const { curve } = await runJob("activationCurve", asks, await startRun(XOR));
    const { z, a, slope } = curve!;
    expect(z).toEqual([-1, 0, 1]);
    expect(a[2]).toBeCloseTo(Math.tanh(1), 12);
    expect(slope[2]).toBeCloseTo(1 - Math.tanh(1) ** 2, 12);
  });

  it("finds what broke a run, and a run that is mended", async () => {
    const layers = [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 4, activation: "relu" },
      { kind: "dense", units: 1 },
    ] as const;
    const run: Settings["run"] = {
      ...QUADRANTS.run,
      model: { layers },
      loss: "meanSquaredError",
      metrics: [],
      optimizer: { name: "sgd", learningRate: 30 },
    };
    const live = await startRun({ ...QUADRANTS, run });
    await live.timeline.advance(200);
    const { findings } = await runJob("remedies", {}, live);
    expect(findings[0]!.id).toBe("not-finite");
    const rate = findings[0]!.remedies.find(({ id }) => id === "smaller-rate");
    expect(rate!.run.optimizer).toMatchObject({ learningRate: 3 });
  });
});
