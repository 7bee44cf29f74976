// Metrics beside scikit-learn, whole and batch by batch: see scripts/golden/sklearn_metrics.py.

import { readFileSync } from "node:fs";
import { expect, it, test } from "vitest";
import { exp, fromData, type Tensor, tensor } from "../../index.ts";
import { type MetricSpec, metricOf } from "./index.ts";

const SKLEARN: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(new URL("golden/sklearn.json", import.meta.url), "utf8"),
);

const N = 40;
const sample = (size: number, seed: number) =>
  Float64Array.from({ length: size }, (_, i) => Math.sin(1 + 0.7 * i + seed));
const round = (x: number) => Math.round(x * 10) / 10;

const scores: Tensor = fromData(
  sample(N, 0).map((x) => round((x + 1) / 2)),
  [N],
);
const sides: Tensor = fromData(
  sample(N, 5).map((x) => (x > 0.2 ? 1 : 0)),
  [N],
);
const powers: Tensor = exp(
  fromData(
    sample(3 * N, 2).map((x) => 2 * x),
    [N, 3],
  ),
);
const rows: Tensor = powers.div(powers.sum(1, true));
const labels = fromData(
  Int32Array.from({ length: N }, (_, i) => ((i * 7) % 5) % 3),
  [N],
);
const values: Tensor = fromData(
  sample(N, 3).map((x) => 4 * x),
  [N],
);
const guesses: Tensor = values.add(fromData(sample(N, 8), [N]));

const CASES: readonly [MetricSpec, Tensor, Tensor, string][] = [
  ["auc", sides, scores, "rocAuc"],
  [{ name: "auc", curve: "pr" }, sides, scores, "averagePrecision"],
  ["auc", labels, rows, "rocAucMacro"],
  [{ name: "auc", curve: "pr" }, labels, rows, "averagePrecisionMacro"],
  ["logLoss", sides, scores.clip(0.05, 0.95), "logLoss"],
  ["logLoss", labels, rows, "logLossClasses"],
  ["mcc", labels, rows, "mcc"],
  ["mcc", sides, scores, "mccSides"],
  ["iou", labels, rows, "iou"],
  [{ name: "iou", average: "micro" }, labels, rows, "iouMicro"],
  ["iou", sides, scores, "iouSides"],
  ["mape", values, guesses, "mape"],
  ["ece", labels, rows, "calibration"],
  [{ name: "calibration", bins: 5 }, sides, scores.add(0.013), "calibrationSides"],
];

test.each(CASES)("%j is what scikit-learn says", (spec, target, prediction, name) => {
  const metric = metricOf(spec);
  expect(metric.compute(target, prediction)).toBeCloseTo(SKLEARN[name]!, 10);
  const { counter } = metric;
  if (!counter) return;
  // In parts of 7 the counts add up to those of all.
  let counts: Tensor | null = null;
  for (let from = 0; from < N; from += 7) {
    const part = (t: Tensor) => t.at(`${from}:${Math.min(from + 7, N)}`) as Tensor;
    const next = counter.count(part(target), part(prediction), "probabilities");
    counts = counts ? counts.add(next) : next;
  }
  expect(counter.figure(counts!.data)).toBeCloseTo(SKLEARN[name]!, 10);
});

it("perplexity is exp of the log loss: K for K equally likely classes", () => {
  const even = tensor([
    [0.25, 0.25, 0.25, 0.25],
    [0.25, 0.25, 0.25, 0.25],
  ]);
  expect(metricOf("perplexity").compute(tensor([0, 3], "int32"), even)).toBeCloseTo(4, 6);
});

it("one-hot targets are labels", () => {
  const oneHot = tensor([...labels.data].map((label) => [0, 1, 2].map((i) => +(i === label))));
  for (const name of ["auc", "logLoss", "mcc", "iou", "calibration"] as const) {
    const { compute } = metricOf(name);
    expect(compute(oneHot, rows)).toBeCloseTo(compute(labels, rows), 12);
  }
});

it("what has no figure", () => {
  expect(metricOf("auc").compute(tensor([1, 1]), tensor([0.2, 0.3]))).toBeNaN();
  expect(metricOf("mcc").compute(tensor([1, 1]), tensor([0.9, 0.3]))).toBe(0);
  expect(() => metricOf({ name: "auc", curve: "area" as never })).toThrow('"roc" or "pr"');
  expect(() => metricOf("logLoss").compute(tensor([-1, 1]), tensor([0.2, 0.3]))).toThrow(
    "logLoss: expected outputs that are probabilities, received scores",
  );
});
