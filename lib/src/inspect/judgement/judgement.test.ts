// Importance, calibration and residuals, beside scikit-learn: see scripts/golden/sklearn_judgement.py.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { NdArray } from "../../ops/define.ts";
import { calibrationOf } from "./calibration.ts";
import { permutationImportance } from "./importance.ts";
import { residualsOf } from "./residuals.ts";

const golden = JSON.parse(readFileSync(new URL("golden/sklearn.json", import.meta.url), "utf8"));
const N = 60;
/** The formula of the script. */
const sample = (size: number, seed: number) =>
  Array.from({ length: size }, (_, i) => Math.sin(1 + 0.7 * i + seed));
const close = (x: number) => expect.closeTo(x, 10);

const labelled = (labels: readonly number[]) => ({
  y: { dtype: "int32", shape: [labels.length], data: Int32Array.from(labels) } as const,
});
const first = sample(N, 0);
const shares = first.map((x) => (x + 1) / 2);
const sides = labelled(sample(N, 5).map((x, i) => (x + first[i]! > 0.2 ? 1 : 0)));
const one = { count: N, outputs: 1, values: shares };
const powers = sample(3 * N, 2).map((x) => Math.exp(2 * x));
const rows = powers.map((power, i) => {
  const at = i - (i % 3);
  return power / (powers[at]! + powers[at + 1]! + powers[at + 2]!);
});
const three = { count: N, outputs: 3, values: rows };
const labels = labelled(Array.from({ length: N }, (_, i) => ((i * 7) % 5) % 3));

describe("calibrationOf", () => {
  it.each(["uniform", "quantile"] as const)("has scikit-learn's bins, %s", (strategy) => {
    const { bins, brier } = calibrationOf(sides, one, { bins: 5, strategy });
    expect(bins.map(({ observed }) => observed)).toEqual(golden[strategy].observed.map(close));
    expect(bins.map(({ predicted }) => predicted)).toEqual(golden[strategy].predicted.map(close));
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(N);
    expect(brier).toEqual(close(golden.brier));
  });

  it("adds up to the expected error, of one output and of classes", () => {
    const { expectedError, largestError, bins } = calibrationOf(sides, one, { bins: 5 });
    expect(expectedError).toEqual(close(golden.expectedError));
    expect(largestError).toBe(
      Math.max(...bins.map(({ predicted, observed }) => Math.abs(predicted - observed))),
    );
    const ofRows = calibrationOf(labels, three, { bins: 5 });
    expect(ofRows.expectedError).toEqual(close(golden.expectedErrorOfRows));
    expect(ofRows.brier).toEqual(close(golden.brierOfRows));
  });

  it("judges one class, and puts borders into the upper bin", () => {
    const predictions = { count: 4, outputs: 2, values: [0.5, 0.5, 0.9, 0.1, 1, 0, 0.2, 0.8] };
    const found = calibrationOf(labelled([0, 0, 0, 1]), predictions, { bins: 2, ofClass: 0 });
    expect(found.bins).toEqual([
      { from: 0, to: 0.5, count: 1, predicted: 0.2, observed: 0 },
      { from: 0.5, to: 1, count: 3, predicted: close(0.8), observed: 1 },
    ]);
    expect(found.brier).toBeCloseTo((0.25 + 0.01 + 0 + 0.04) / 4, 12);
    const alike = { count: 3, outputs: 1, values: [0.3, 0.3, 0.3] };
    const { bins } = calibrationOf(labelled([0, 1, 0]), alike, { strategy: "quantile" });
    expect(bins).toEqual([
      { from: 0.3, to: 0.3, count: 3, predicted: close(0.3), observed: 1 / 3 },
    ]);
  });

  it.each<[string, () => unknown, string]>([
    ["no predictions", () => calibrationOf(sides, {} as never), "expected predictions to be"],
    ["an option", () => calibrationOf(sides, one, { bin: 3 } as never), 'Did you mean "bins"?'],
    ["other numbers of rows", () => calibrationOf(labelled([1]), one), "received 60 and 1"],
    ["nothing", () => calibrationOf(labelled([]), { ...one, count: 0 }), "no examples"],
    [
      "a class",
      () => calibrationOf(sides, one, { ofClass: 2 }),
      "there are 2 classes, none of them is 2",
    ],
    [
      "a label",
      () => calibrationOf(labelled([0, 2]), { count: 2, outputs: 1, values: [0, 0] }),
      "expected classes from 0 to 1, received 2 in row 1",
    ],
    [
      "what is no probability",
      () => calibrationOf(labelled([0, 1]), { count: 2, outputs: 1, values: [0.5, Number.NaN] }),
      "expected probabilities from 0 to 1, received NaN in row 1",
    ],
  ])("refuses %s", (_, call, says) => {
    expect(call).toThrow(says);
  });
});

describe("residualsOf", () => {
  const values = sample(N, 3).map((x) => 4 * x);
  const guesses = sample(N, 8).map((x, i) => x + values[i]!);

  it("has scikit-learn's numbers, and names the worst rows", () => {
    const { quantiles, worst, count, ...numbers } = residualsOf(values, guesses, { worst: 3 });
    const { quantiles: expected, ...figures } = golden.residuals;
    const rounded = Object.entries<number>(figures).map(([name, x]) => [name, close(x)]);
    expect(numbers).toEqual(Object.fromEntries(rounded));
    expect(quantiles.map(({ value }) => value)).toEqual(expected.map(close));
    expect(count).toBe(N);
    expect(worst.map(({ residual }) => Math.abs(residual))[0]).toEqual(close(figures.largest));
    for (const { row, target, predicted } of worst) {
      expect([target, predicted]).toEqual([values[row], guesses[row]]);
    }
    expect(worst).toHaveLength(3);
  });

  it("has no R2 where all targets are alike", () => {
    expect(residualsOf([2, 2], Float32Array.of(1, 3))).toMatchObject({ r2: null, bias: 0 });
  });

  it("refuses what cannot be compared", () => {
    expect(() => residualsOf([1], [1, 2])).toThrow("received 2 and 1");
    expect(() => residualsOf([], [])).toThrow("no rows");
    expect(() => residualsOf([1, 2], [1, Number.NaN])).toThrow("prediction NaN in row 1");
    expect(() => residualsOf("a" as never, [])).toThrow("expected targets to be a list of numbers");
    expect(() => residualsOf([1], [1], { worse: 1 } as never)).toThrow('Did you mean "worst"?');
  });
});

describe("permutationImportance", () => {
  const n = 3 * N;
  const flat = sample(n, 1);
  const x: NdArray = { dtype: "float64", shape: [N, 3], data: Float64Array.from(flat) };
  const plane = (of: NdArray) =>
    Array.from({ length: N }, (_, i) => 3 * of.data[3 * i]! - of.data[3 * i + 1]!);
  const noise = sample(N, 4);
  const y = plane(x).map((value, i) => value + 0.3 * noise[i]!);
  const score = (of: NdArray) => residualsOf(y, plane(of)).r2!;

  it("finds scikit-learn's drops, on average", async () => {
    const repeats = 400;
    const found = await permutationImportance(x, score, { repeats, seed: 1 });
    const { drop, spread } = golden.importance;
    expect(found.score).toEqual(close(golden.importance.score));
    expect(found.columns.map(({ name }) => name)).toEqual(["0", "1", "2"]);
    found.columns.forEach((column, i) => {
      const standardError = spread[i] / Math.sqrt(repeats);
      expect(Math.abs(column.drop - drop[i])).toBeLessThanOrEqual(5 * standardError);
      expect(column.spread).toBeGreaterThanOrEqual(spread[i] * 0.85);
      expect(column.spread).toBeLessThanOrEqual(spread[i] * 1.15);
    });
  });

  it("shuffles places together, leaves the rows as they were, and repeats itself", async () => {
    const before = x.data.slice();
    const seen: NdArray[] = [];
    const places = [{ name: "both", from: 0, to: 2 }];
    const look = async (of: NdArray) => {
      seen.push(of);
      return score(of);
    };
    const found = await permutationImportance(x, look, { places, repeats: 2, seed: 3 });
    expect(x.data).toEqual(before);
    const pairs = (of: NdArray) =>
      Array.from({ length: N }, (_, i) => `${of.data[3 * i]} ${of.data[3 * i + 1]}`);
    expect(pairs(seen[1]!)).not.toEqual(pairs(x));
    expect(pairs(seen[1]!).sort()).toEqual(pairs(x).sort());
    for (let i = 2; i < n; i += 3) expect(seen[1]!.data[i]).toBe(x.data[i]);
    expect(pairs(seen[2]!)).not.toEqual(pairs(seen[1]!));
    expect(await permutationImportance(x, score, { places, repeats: 2, seed: 3 })).toEqual(found);
    expect(found.columns[0]!.drops).toHaveLength(2);
    const other = await permutationImportance(x, score, { places, repeats: 2, seed: 4 });
    expect(other.columns).not.toEqual(found.columns);
  });

  it("refuses what is wrong, in a sentence", async () => {
    const places = [{ name: "far", from: 2, to: 4 }];
    const call = (...args: unknown[]) =>
      expect(permutationImportance(...(args as Parameters<typeof permutationImportance>))).rejects;
    await call([[1]], score).toThrow("permutationImportance: expected x to be an array");
    await call(x, 3).toThrow("expected score to be a function");
    await call(x, score, { repeat: 1 }).toThrow('Did you mean "repeats"?');
    await call(x, score, { places }).toThrow('there is no place 3 for "far"');
    await call(x, score, { places: [{ name: "a", from: 1, to: 1 }] }).toThrow("expected places");
    await call(x, () => Number.NaN).toThrow("expected score to give a finite number, received NaN");
  });
});
