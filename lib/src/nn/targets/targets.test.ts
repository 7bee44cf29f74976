// What targets may be, kind by kind: the first wrong number is named, with its example.

import { describe, expect, test } from "vitest";
import { expectTargets, type Targets } from "./index.ts";

/** Checks rows (or labels) for a prediction with `outputs` outputs. */
function check(targets: Targets, numbers: readonly (number | readonly number[])[], outputs = 1) {
  const rows = numbers.map((row) => [row].flat());
  const isRows = Array.isArray(numbers[0]);
  const shape = isRows ? [rows.length, rows[0]!.length] : [rows.length];
  const data = Float32Array.from(rows.flat());
  return () => expectTargets("fit", "it", targets, { shape, data }, [rows.length, outputs]);
}

describe("each number", () => {
  test("probabilities", () => {
    expect(
      check(
        "probabilities",
        [
          [0, 1],
          [0.5, 0.25],
        ],
        2,
      ),
    ).not.toThrow();
    for (const [bad, shown] of [
      [5, "5"],
      [-0.5, "-0.5"],
      [Number.NaN, "NaN"],
    ] as const) {
      expect(check("probabilities", [[0], [bad]])).toThrow(
        `fit: it: expected targets from 0 to 1, received ${shown} for example 1`,
      );
    }
    expect(check("probabilities", [0, 1, 2])).toThrow(
      "received 2 for example 2; for class numbers take sparseCategoricalCrossentropy",
    );
    expect(check("probabilities", [0, 1, 2.5])).toThrow(/example 2$/);
  });

  test("labels", () => {
    expect(check("labels", [0, 2, 1], 3)).not.toThrow();
    for (const bad of [3, -1, 0.5, Number.NaN, Infinity]) {
      expect(check("labels", [0, bad], 3)).toThrow(
        `expected labels from 0 to 2 for 3 classes, received ${bad} for example 1`,
      );
    }
    const hint = "labels count from 0, and these seem to count from 1: subtract 1";
    expect(check("labels", [1, 2, 3, 2], 3)).toThrow(`received 3 for example 2; ${hint}`);
    for (const other of [
      [0, 3],
      [1, 4],
      [1, 2.5, 3],
    ]) {
      expect(check("labels", other, 3)).not.toThrow(hint);
      expect(check("labels", other, 3)).toThrow("received");
    }
  });

  test("signs: -1 and 1, or 0 and 1, but not all three", () => {
    for (const good of [
      [-1, 1],
      [0, 1],
      [1, 1],
      [0, 0],
    ]) {
      expect(check("signs", good)).not.toThrow();
    }
    expect(check("signs", [-1, 1, 0])).toThrow("received 0 for example 2, and -1 elsewhere");
    expect(check("signs", [1, 0.5])).toThrow(
      "expected targets of -1 and 1, or of 0 and 1, received 0.5 for example 1",
    );
  });

  test("sides: what is nearer to one of them, so not one half", () => {
    for (const good of [
      [0, 1],
      [-1, 1],
      [0.1, 0.9],
    ])
      expect(check("sides", good)).not.toThrow();
    for (const bad of [0.5, 2, -0.5, Number.NaN]) {
      expect(check("sides", [1, bad])).toThrow(`received ${bad} for example 1`);
    }
    expect(check("sides", [-1, 0.9])).toThrow("received 0.8999999761581421 for example 1");
    expect(check("classes", [0, 2, 1])).toThrow("class numbers need one output for each class");
  });

  test("any values", () => {
    expect(check("values", [Number.NaN, 1e9, -3])).not.toThrow();
  });
});

describe("each row", () => {
  test("a distribution adds up to 1: one-hot, smoothed, or rounded", () => {
    const rounded = [0.333, 0.333, 0.333];
    expect(check("distribution", [[0, 1, 0], [0.05, 0.9, 0.05], rounded], 3)).not.toThrow();
    expect(
      check(
        "distribution",
        [
          [0, 1, 0],
          [1, 1, 0],
        ],
        3,
      ),
    ).toThrow(
      "expected rows that add up to 1, received [1, 1, 0], which adds up to 2, for example 1; " +
        "where every output is a yes or no of its own, take binaryCrossentropy",
    );
    expect(check("distribution", [[0, 0]], 2)).toThrow("received [0, 0], which adds up to 0,");
    expect(check("distribution", [[2, -1]], 2)).toThrow("from 0 to 1, received 2 for example 0");
    expect(check("distribution", [[Number.NaN, 1]], 2)).toThrow("received NaN for example 0");
  });

  test("labels or a distribution, by the shape", () => {
    expect(check("labelsOrDistribution", [2, 0], 3)).not.toThrow();
    expect(check("labelsOrDistribution", [3, 0], 3)).toThrow("expected labels from 0 to 2");
    expect(check("labelsOrDistribution", [[1, 1, 0]], 3)).toThrow("add up to 1");
  });

  test("one-hot", () => {
    expect(
      check(
        "oneHot",
        [
          [0, 1],
          [1, 0],
        ],
        2,
      ),
    ).not.toThrow();
    for (const bad of [
      [1, 1],
      [0, 0],
      [0.5, 0.5],
      [2, 0],
    ]) {
      expect(check("oneHot", [[0, 1], bad], 2)).toThrow(
        `expected rows of zeros with a single 1, received [${bad.join(", ")}] for example 1`,
      );
    }
  });

  test("classes: labels, or rows with one largest number", () => {
    expect(check("classes", [0, 2], 3)).not.toThrow();
    expect(
      check(
        "classes",
        [
          [0.2, 0.5, 0.3],
          [-4, -3, -9],
        ],
        3,
      ),
    ).not.toThrow();
    expect(check("classes", [0, 3], 3)).toThrow("expected labels from 0 to 2");
    for (const bad of [
      [1, 1, 0],
      [0, 0, 0],
      [0, Number.NaN, 1],
      [Number.NaN, 0, 1],
    ]) {
      expect(check("classes", [[0, 1, 0], bad], 3)).toThrow(
        `expected rows with one largest number, received [${bad.join(", ")}] for example 1; ` +
          "where every output is a yes or no of its own, take binaryAccuracy",
      );
    }
  });

  test("a long row is shown by its beginning", () => {
    const row = new Array(12).fill(0);
    expect(check("oneHot", [row], 12)).toThrow("received [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, …] for");
  });

  test("an example of several rows is counted as one", () => {
    const data = Float32Array.of(0, 1, 1, 0, 1, 0, 0.5, 0);
    const rows = { shape: [2, 2, 2], data };
    expect(() => expectTargets("fit", "it", "oneHot", rows, [2, 2, 2])).toThrow("for example 1");
  });
});
