// Metrics on small examples counted by hand.

import { describe, expect, test } from "vitest";
import { tensor } from "../../index.ts";
import {
  averageScore,
  classScores,
  confusionMatrix,
  type MetricSpec,
  metricNames,
  metricOf,
} from "./index.ts";

const PREDICTION = tensor([
  [0.1, 0.6, 0.3],
  [0.8, 0.1, 0.1],
  [0.3, 0.3, 0.2],
  [0.2, 0.3, 0.5],
  [0.1, 0.2, 0.7],
]);
const LABELS = tensor([1, 0, 1, 2, 0], "int32");
const ONE_HOT = tensor([
  [0, 1, 0],
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 0, 0],
]);

describe("accuracy", () => {
  const { compute } = metricOf("accuracy");

  test("labels and one-hot targets; the first of equals wins", () => {
    expect(compute(LABELS, PREDICTION)).toBe(0.6);
    expect(compute(LABELS.reshape([5, 1]), PREDICTION)).toBe(0.6);
    expect(compute(ONE_HOT, PREDICTION)).toBe(0.6);
  });

  test("one output is a yes or no", () => {
    const p = tensor([[0.5], [0.51], [0.2], [0.9]]);
    expect(compute(tensor([0, 1, 1, 1]), p)).toBe(0.75);
    expect(compute(tensor([0, 1, 1, 1]), p.reshape([4]))).toBe(0.75);
    expect(metricOf({ name: "accuracy", threshold: 0.1 }).compute(tensor([1, 1, 1, 1]), p)).toBe(1);
  });

  test("a class at every place of a sequence", () => {
    expect(
      compute(
        tensor([[1, 0]]),
        tensor([
          [
            [0.1, 0.9],
            [0.4, 0.6],
          ],
        ]),
      ),
    ).toBe(0.5);
  });

  test("a wrong number of labels", () => {
    expect(() => compute(tensor([1, 2]), PREDICTION)).toThrow(
      "metric: expected 5 labels, or a target of shape [5, 3], received [2]",
    );
  });
});

test("binary accuracy counts every output", () => {
  const p = tensor([
    [0.9, 0.2],
    [0.4, 0.7],
  ]);
  expect(
    metricOf("binaryAccuracy").compute(
      tensor([
        [1, 1],
        [0, 1],
      ]),
      p,
    ),
  ).toBe(0.75);
});

test("top-k accuracy", () => {
  const top = (k: number) => metricOf({ name: "topKAccuracy", k }).compute(LABELS, PREDICTION);
  expect([top(1), top(2), top(3)]).toEqual([0.8, 0.8, 1]);
  expect(() => top(0)).toThrow(
    'metric "topKAccuracy": expected k to be a whole number above 0, received 0',
  );
});

describe("confusion", () => {
  const counts = confusionMatrix(LABELS, PREDICTION);

  test("rows are true classes, columns predicted ones", () => {
    expect(counts).toEqual([
      [1, 0, 1],
      [1, 1, 0],
      [0, 0, 1],
    ]);
    expect(confusionMatrix(ONE_HOT, PREDICTION)).toEqual(counts);
    expect(() => confusionMatrix(tensor([0, 1, 2, 3, 0]), PREDICTION)).toThrow(
      "confusionMatrix: expected labels from 0 to 2 for 3 classes, received 3 for example 3",
    );
  });

  test("precision, recall and F1 of each class", () => {
    expect(classScores(counts)).toEqual([
      { precision: 0.5, recall: 0.5, f1: 0.5, support: 2 },
      { precision: 1, recall: 0.5, f1: 2 / 3, support: 2 },
      { precision: 0.5, recall: 1, f1: 2 / 3, support: 1 },
    ]);
  });

  test("averages", () => {
    expect(averageScore("precision", counts, "macro")).toBeCloseTo(2 / 3, 15);
    expect(averageScore("f1", counts, "macro")).toBeCloseTo((0.5 + 4 / 3) / 3, 15);
    for (const score of ["precision", "recall", "f1"] as const) {
      expect(averageScore(score, counts, "micro")).toBeCloseTo(0.6, 15);
    }
    expect(() => averageScore("f1", counts, "binary")).toThrow("needs 2 classes, received 3");
    expect(() => averageScore("f1", counts, "makro")).toThrow('Did you mean "macro"?');
  });

  test("a class that never occurs scores 0, not NaN", () => {
    const empty = [
      [3, 0],
      [0, 0],
    ];
    expect(classScores(empty)[1]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
  });

  test("by name: class 1 of one output, the mean over several classes", () => {
    const p = tensor([[0.9], [0.8], [0.1], [0.7]]);
    const y = tensor([1, 0, 1, 1]);
    expect(metricOf("precision").compute(y, p)).toBeCloseTo(2 / 3, 15);
    expect(metricOf("recall").compute(y, p)).toBeCloseTo(2 / 3, 15);
    expect(metricOf("recall").compute(LABELS, PREDICTION)).toBeCloseTo(2 / 3, 15);
    expect(metricOf({ name: "f1", average: "micro" }).compute(LABELS, PREDICTION)).toBeCloseTo(
      0.6,
      15,
    );
  });
});

describe("NaN is no prediction", () => {
  const y = tensor([2, 0], "int32");
  const scores = tensor([
    [0.1, Number.NaN, 0.9],
    [0.8, 0.1, 0.1],
  ]);
  const figure = (spec: MetricSpec, target = y, prediction = scores) =>
    metricOf(spec).compute(target, prediction);

  test("and so wrong, to every metric alike", () => {
    expect(figure("accuracy")).toBe(0.5);
    expect(figure({ name: "recall", average: "micro" })).toBe(0.5);
    for (const k of [1, 2, 3]) expect(figure({ name: "topKAccuracy", k })).toBe(0.5);
    // Nothing was taken for class 2: its precision is 0 as where it never was predicted.
    expect(figure({ name: "precision", average: "micro" })).toBe(1);
    expect(figure("precision")).toBeCloseTo(1 / 3, 15);
    const inThatPlace = tensor([1, 0], "int32");
    expect(figure("accuracy", inThatPlace)).toBe(0.5);
    expect(figure({ name: "recall", average: "micro" }, inThatPlace)).toBe(0.5);
  });

  test("of a single output, too", () => {
    const one = tensor([[Number.NaN], [0.2], [Number.NaN], [0.9]]);
    for (const target of [tensor([0, 0, 1, 1]), tensor([-1, -1, 1, 1])]) {
      for (const name of ["accuracy", "binaryAccuracy"] as const) {
        const expected = target.data[0] === 0 ? 0.5 : 0.25; // beside -1, 0.2 says yes
        expect(figure(name, target as never, one as never)).toBe(expected);
      }
    }
    expect(figure("recall", tensor([0, 0, 1, 1]) as never, one as never)).toBe(0.5);
    expect(figure("precision", tensor([0, 0, 1, 1]) as never, one as never)).toBe(1);
  });

  test("it has a column of its own in a confusion matrix", () => {
    const counts = confusionMatrix(y, scores);
    expect(counts).toEqual([
      [1, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
    expect(classScores(counts).map(({ recall }) => recall)).toEqual([1, 0, 0]);
    expect(averageScore("recall", counts, "micro")).toBe(0.5);
  });

  test("regression metrics are NaN", () => {
    const [t, p] = [tensor([[1], [2]]), tensor([[1], [Number.NaN]])];
    for (const name of ["mse", "rmse", "mae", "r2"] as const) {
      expect(figure(name, t as never, p as never)).toBeNaN();
    }
  });
});

describe("what is refused", () => {
  const y = tensor([1, 0, 1, 2, 0], "int32");

  test("targets that tell no class", () => {
    const names = metricNames().filter((name) => metricOf(name).targets === "classes");
    for (const name of names) {
      const spec = name === "topKAccuracy" ? { name, k: 2 } : name;
      expect(() => metricOf(spec).compute(tensor([1, 0, 1, 3, 0]), PREDICTION), name).toThrow(
        `metric: ${name}: expected labels from 0 to 2 for 3 classes, received 3 for example 3`,
      );
    }
    expect(() => metricOf("binaryAccuracy").compute(tensor([0.5]), tensor([1]))).toThrow(
      "metric: binaryAccuracy: expected targets of 0 and 1, or of -1 and 1, received 0.5",
    );
  });

  test("options and operands", () => {
    expect(() => metricOf({ name: "f1", average: "makro" })).toThrow(
      'metric "f1": expected average to be "auto" or "macro" or "micro" or "binary", received "makro"',
    );
    for (const threshold of ["half", Number.NaN, Infinity]) {
      expect(() => metricOf({ name: "accuracy", threshold })).toThrow("threshold to be a finite");
    }
    for (const k of [0, -1, 1.5, "2"]) {
      expect(() => metricOf({ name: "topKAccuracy", k })).toThrow("whole number above 0");
    }
    expect(() => metricOf({ name: "topKAccuracy", k: 4 }).compute(y, PREDICTION)).toThrow(
      "topKAccuracy: expected at least k = 4 outputs, received predictions of shape [5, 3]",
    );
    expect(() => metricOf("accuracy").compute([1] as never, PREDICTION)).toThrow(
      "accuracy: expected the target to be a tensor",
    );
    for (const nothing of [undefined, null, 7]) {
      expect(() => metricOf(nothing as never)).toThrow("Expected the name of a metric");
    }
  });

  test("what is no confusion matrix, or no option of one", () => {
    expect(() => confusionMatrix(y, PREDICTION, { treshold: 1 } as never)).toThrow(
      'Did you mean "threshold"?',
    );
    expect(() => confusionMatrix(y, 3 as never)).toThrow("expected the prediction to be a tensor");
    for (const bad of [undefined, [1, 2], [], [[1]].concat([[1]]), [["1"]]]) {
      expect(() => classScores(bad as never)).toThrow("classScores: expected");
      expect(() => averageScore("f1", bad as never, "macro")).toThrow("averageScore: expected");
    }
    expect(() => averageScore("f2" as never, [[1]], "macro")).toThrow("expected the score to be");
  });
});

describe("regression", () => {
  const y = tensor([[1], [2], [3], [6]]);
  const a = tensor([[1], [3], [3], [4]]);

  test("errors", () => {
    expect(metricOf("mse").compute(y, a)).toBe(1.25);
    expect(metricOf("rmse").compute(y, a)).toBe(Math.sqrt(1.25));
    expect(metricOf("mae").compute(y, a)).toBe(0.75);
    expect(metricOf("mae").compute(y.reshape([4]), a)).toBe(0.75);
    expect(() => metricOf("mae").compute(tensor([1]), a)).toThrow("received [1]");
  });

  test("r2, averaged over outputs", () => {
    expect(metricOf("r2").compute(y, a)).toBeCloseTo(1 - 5 / 14, 12);
    const both = [
      [1, 5],
      [2, 5],
      [3, 5],
      [6, 5],
    ];
    expect(metricOf("r2").compute(tensor(both), tensor(both))).toBe(1);
    const off = both.map(([first]) => [first!, 4]);
    expect(metricOf("r2").compute(tensor(both), tensor(off))).toBe(0.5);
  });
});

test("names", () => {
  expect(metricOf("acc").name).toBe("accuracy");
  expect(metricOf("sparse_categorical_accuracy").name).toBe("accuracy");
  expect(metricNames()).toContain("f1");
  expect(() => metricOf("acuracy")).toThrow('Did you mean "accuracy"?');
  const own = { name: "own", config: {}, compute: () => 1 };
  expect(metricOf(own)).toBe(own);
});

test.each([
  ["float32", 0.1],
  ["float32", 0.5],
  ["float32", -2.25],
  ["float64", 0.1],
] as const)("sides of %s numbers at %d are those of JavaScript", (dtype, threshold) => {
  const numbers = [-3, -2.25, -2, 0, Math.fround(0.1), 0.5, 0.7, 1, 2].map((x) =>
    dtype === "float32" ? Math.fround(x) : x,
  );
  const labels = [0, 1, 0, 1, 0, 1, 1, 0, 1];
  const above = numbers.map((x) => x > threshold);
  const right = above.filter((yes, i) => yes === labels[i]! > 0.5).length;
  for (const kind of ["int32", "float32"] as const) {
    const { compute } = metricOf({ name: "accuracy", threshold });
    expect(compute(tensor(labels, kind), tensor(numbers, dtype)), kind).toBe(right / 9);
  }
});
