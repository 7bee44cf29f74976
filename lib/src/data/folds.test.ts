// Folds of a few rows, and of the iris flowers in all but name.

import { describe, expect, it } from "vitest";
import type { Examples } from "./dataset.ts";
import { kFold } from "./folds.ts";

const examples = (labels: readonly number[]): Examples => ({
  x: { dtype: "float32", shape: [labels.length, 1], data: Float32Array.from(labels, (_, i) => i) },
  y: { dtype: "int32", shape: [labels.length], data: Int32Array.from(labels) },
});
const TEN = examples([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
const rows = ({ x }: Examples) => [...x.data];
const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b);

describe("kFold()", () => {
  it("cuts as scikit-learn's KFold(3) cuts ten rows", () => {
    expect(kFold(TEN, 3).map(({ validation }) => rows(validation))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    expect(rows(kFold(TEN, 3)[1]!.train)).toEqual([0, 1, 2, 3, 7, 8, 9]);
  });

  it.each([2, 3, 7, 10])("judges every row once, in %d parts", (k) => {
    for (const options of [{}, { seed: 3 }]) {
      const folds = kFold(TEN, k, options);
      expect(sorted(folds.flatMap(({ validation }) => rows(validation)))).toEqual(rows(TEN));
      for (const { train, validation } of folds) {
        expect(sorted([...rows(train), ...rows(validation)])).toEqual(rows(TEN));
      }
    }
  });

  it("shuffles by seed alone", () => {
    const order = (seed: number) =>
      kFold(TEN, 2, { seed }).map(({ validation }) => rows(validation));
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });

  it("keeps the shares of classes", () => {
    for (const options of [{ stratify: true }, { stratify: true, seed: 5 }]) {
      for (const { validation, train } of kFold(TEN, 2, options)) {
        expect(sorted([...validation.y.data])).toEqual([0, 0, 0, 1, 1]);
        expect(sorted([...train.y.data])).toEqual([0, 0, 0, 1, 1]);
      }
    }
  });

  it.each([
    [11, {}, "kFold: expected k from 2 to the 10 examples that there are, received 11"],
    [1, {}, "received 1"],
    [2.5, {}, "received 2.5"],
    [3, { sed: 1 }, 'Did you mean "seed"?'],
    [5, { stratify: true }, "expected at least 5 examples of each class, received 4 of class 1"],
  ])("%j parts with %j are refused", (k, options, text) => {
    expect(() => kFold(TEN, k, options as object)).toThrow(text);
  });

  it("values have no classes", () => {
    const values = { x: TEN.x, y: { ...TEN.x, data: TEN.x.data.map((v: number) => v / 2) } };
    expect(() => kFold(values, 2, { stratify: true })).toThrow("targets that are class numbers");
  });
});
