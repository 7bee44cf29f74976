// What stands beside a table's result, and the network that it is trained with unless something else is asked for.

import type { NamedDataset } from "neurite/data";
import { parseRunSpec } from "neurite/train";
import { describe, expect, it } from "vitest";
import { tableRun } from "./default-run.ts";
import { baselineLine, unscaled, valuesLine } from "./figures.ts";

describe("lines", () => {
  it("tell shares of classes and r2 of values, with a linear model where there is one", () => {
    const constant = { says: 'always "no"', score: 0.625 };
    expect(baselineLine({ constant, linear: { score: 0.75 }, measure: "accuracy" })).toBe(
      'beside it: 62.50 % by saying always "no", 75.00 % by a linear model',
    );
    const mean = { says: "always 4.2", score: -0.01 };
    expect(baselineLine({ constant: mean, linear: null, measure: "r2" })).toBe(
      "beside it: r2 -0.0100 by saying always 4.2",
    );
    expect(valuesLine({ r2: 0.5, rmse: 12345.678, mae: 0.00012345 })).toBe(
      "test r2 0.5000  rmse 12350  mae 0.0001234",
    );
  });

  it("tell values in the target's own units", () => {
    const data = { table: { scale: { mean: 10, deviation: 2 } } } as unknown as NamedDataset;
    expect([...unscaled([-1, 0, 1.5], data)]).toEqual([8, 10, 13]);
    expect([...unscaled([3], {} as NamedDataset)]).toEqual([3]);
  });
});

describe("the network of a table", () => {
  const columns = [
    { name: "x", type: "number", mean: 0, deviation: 1, missing: 0, indicator: false },
  ] as const;
  const runOf = (rows: number, goal: object) => {
    const file = { kind: "table", path: "t.csv", target: "y", ...goal } as const;
    const about = { name: "t.csv", file, columns, width: 1, testFraction: 0.2, seed: 7 };
    return parseRunSpec(tableRun({ ...about, rows }));
  };

  it.each([
    [{ classes: ["a", "b"] }, 1, "sigmoid", "binaryCrossentropy", "accuracy"],
    [{ classes: ["a", "b", "c"] }, 3, "softmax", "sparseCategoricalCrossentropy", "accuracy"],
    [{ scale: { mean: 0, deviation: 1 } }, 1, undefined, "meanSquaredError", "r2"],
  ])("ends as its target %j wants", (goal, units, activation, loss, metric) => {
    const { model, ...run } = runOf(100, goal);
    const last = "layers" in model ? model.layers.at(-1) : null;
    expect(last).toMatchObject({ kind: "dense", units });
    expect(last!["activation"]).toBe(activation);
    expect(run).toMatchObject({ loss, metrics: [metric], seed: 7 });
  });

  it("takes larger steps through more rows, and always judges epochs by rows set aside", () => {
    const runs = [100, 5_000, 100_000, 1_000_000].map((rows) =>
      runOf(rows, { classes: ["a", "b"] }),
    );
    const batches = runs.map(({ training }) => training.batchSize);
    expect(batches).toEqual([...batches].sort((a, b) => a - b));
    expect(new Set(batches).size).toBe(4);
    for (const { training, stopping } of runs) {
      expect(training.validationSplit).toBeGreaterThan(0);
      expect(stopping).toMatchObject({ restoreBest: true });
    }
  });
});
