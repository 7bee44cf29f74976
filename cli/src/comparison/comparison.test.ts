// Names of runs that are told apart, and settings that differ.

import { parseRunSpec, type RunSpecInput } from "neurite/train";
import { describe, expect, it } from "vitest";
import { keptRow } from "./compare-table.ts";
import { type ComparedRun, shortNames } from "./compared-runs.ts";
import { settingDifferences } from "./differences.ts";

it("tells runs apart by as little of their paths as it takes", () => {
  expect(shortNames(["runs/a", "runs/b/"])).toEqual(["a", "b"]);
  expect(shortNames(["x/a", "y/a", "z/b"])).toEqual(["x/a", "y/a", "z/b"]);
  expect(shortNames(["s1/best", "runs/b"])).toEqual(["s1/best", "runs/b"]);
});

describe("what a run reached", () => {
  const rows = [0.5, 0.2, 0.4].map((valLoss, epoch) => ({ epoch, valLoss, valAccuracy: epoch }));
  const kept = (stopping?: object) =>
    keptRow({ rows, spec: { stopping } } as unknown as ComparedRun)?.epoch;

  it("is that of the last epoch, or of the best one where it was put back", () => {
    expect(kept()).toBe(2);
    expect(kept({ patience: 1 })).toBe(2);
    expect(kept({ patience: 1, restoreBest: true })).toBe(1);
    expect(kept({ patience: 1, restoreBest: true, monitor: "valAccuracy" })).toBe(2);
    expect(kept({ patience: 1, restoreBest: true, monitor: "lost" })).toBe(2);
  });
});

describe("differences", () => {
  const spec: RunSpecInput = {
    version: 1,
    data: { name: "iris" },
    model: {
      layers: [
        { kind: "input", shape: [4] },
        { kind: "dense", units: 8 },
      ],
    },
    loss: "crossEntropy",
    optimizer: "adam",
    training: { epochs: 1, batchSize: 8 },
  };
  const between = (other: Partial<RunSpecInput>) =>
    settingDifferences([parseRunSpec(spec), parseRunSpec({ ...spec, ...other })]);

  it("are none where a name has no options, however it is written", () => {
    expect(between({ optimizer: { name: "adam" } })).toEqual([]);
  });

  it("are told path by path, and as nothing where one has nothing", () => {
    expect(between({ optimizer: { name: "adam", learningRate: 0.1 }, seed: 3 })).toEqual([
      { path: "seed", values: ["0", "3"] },
      { path: "optimizer.learningRate", values: [null, "0.1"] },
    ]);
    expect(
      between({
        model: {
          layers: [
            { kind: "input", shape: [4] },
            { kind: "dense", units: 9 },
          ],
        },
      }),
    ).toEqual([{ path: "model.layers.1.units", values: ["8", "9"] }]);
  });

  it("are which columns of a table are read, and not what was fitted to them", () => {
    const model = (mean: number, ...names: readonly string[]) => ({
      model: {
        layers: [
          { kind: "input", shape: [names.length] },
          {
            kind: "tableFeatures",
            columns: names.map((name) => ({
              ...{ name, type: "number", mean, deviation: 1, missing: 0, indicator: false },
            })),
          },
          { kind: "dense", units: 8 },
        ],
      },
    });
    const other = (a: object, b: object) =>
      settingDifferences([a, b].map((one) => parseRunSpec({ ...spec, ...one } as RunSpecInput)));
    expect(other(model(0, "age", "size"), model(1, "age", "size"))).toEqual([]);
    expect(other(model(0, "age", "size"), model(0, "age", "cost"))).toEqual([
      {
        path: "model.layers.1.columns",
        values: ["age (number), size (number)", "age (number), cost (number)"],
      },
    ]);
  });

  it("are told in a line each where the layers are others", () => {
    const layers = [
      ...("layers" in spec.model ? spec.model.layers : []),
      { kind: "dropout", rate: 0.5 },
    ];
    expect(between({ model: { layers } })).toEqual([
      { path: "layers", values: ["input [4], dense 8", "input [4], dense 8, dropout 0.5"] },
    ]);
  });
});
