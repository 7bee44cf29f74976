import { describe, expect, it } from "vitest";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import type { LossSpec } from "../../nn/losses/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { classReport, mistakesOf } from "./class-report.ts";
import { labelsOf, predictionsOf, probabilitiesOf } from "./predictions.ts";

const labels = (...data: number[]) => ({
  y: { dtype: "int32", shape: [data.length], data: Int32Array.from(data) } as const,
});
/** Right, wrong and unsure, wrong and sure. */
const predictions = { count: 4, outputs: 2, values: [0.9, 0.1, 0.4, 0.6, 0.2, 0.8, 0.7, 0.3] };

/** A model of one weight for each output, the output being x times it. */
function scaled(weights: readonly number[], loss: LossSpec) {
  const model = sequential([inputLayer([1]), dense(weights.length, { bias: false })]);
  const compiled = model.compile({ loss, optimizer: "sgd" });
  model.layer("dense1")["w"]!.assign(tensor([[...weights]]));
  return compiled;
}

describe("predictionsOf", () => {
  it.each([
    ["meanSquaredError", [0.25, 4]],
    ["meanAbsoluteError", [0.25, 4]],
  ] as const)("gives outputs as they are under %s", async (loss, weights) => {
    const found = await predictionsOf(scaled(weights, loss), [[1], [2]]);
    expect(found).toMatchObject({ count: 2, outputs: 2 });
    expect(Array.from(found.values)).toEqual([0.25, 4, 0.5, 8]);
  });

  it("makes probabilities of logits", async () => {
    const { values } = await predictionsOf(
      scaled([0], { name: "binaryCrossentropy", fromLogits: true }),
      [[3]],
    );
    expect(Array.from(values)).toEqual([0.5]);
  });

  it("makes shares of margins, none below 0 or above 1", async () => {
    const { values } = await predictionsOf(scaled([1], "hinge"), [[-5], [-1], [0], [0.5], [3]]);
    expect(Array.from(values)).toEqual([0, 0, 0.5, 0.75, 1]);
  });

  it("refuses what is no model, and examples that do not fit", async () => {
    await expect(predictionsOf({} as never, [[1]])).rejects.toThrow(
      "predictionsOf: expected model",
    );
    await expect(predictionsOf(scaled([1], "hinge"), [[1, 2]])).rejects.toThrow("predictionsOf: ");
  });
});

describe("probabilitiesOf", () => {
  it("takes a single output for that of class 1", () => {
    expect(probabilitiesOf({ count: 2, outputs: 1, values: [0.25, 1] }, 0)).toEqual([0.75, 0.25]);
    expect(probabilitiesOf(predictions, 3)).toEqual([0.7, 0.3]);
  });
  it.each([4, -1, 0.5])("refuses row %s", (row) => {
    expect(() => probabilitiesOf(predictions, row)).toThrow("expected a row from 0 to 3");
  });
});

describe("labelsOf", () => {
  it("reads numbers, columns, and rows with a largest number", () => {
    expect(labelsOf(labels(2, 0))).toEqual([2, 0]);
    const data = Float32Array.of(0, 1, 1, 0);
    expect(labelsOf({ y: { dtype: "float32", shape: [4, 1], data } })).toEqual([0, 1, 1, 0]);
    expect(labelsOf({ y: { dtype: "float32", shape: [2, 2], data } })).toEqual([1, 0]);
    expect(() => labelsOf({} as never)).toThrow("labelsOf: expected examples");
  });
});

describe("classReport", () => {
  it("counts what each class was taken for", () => {
    const { counts, scores } = classReport(labels(0, 0, 0, 1), predictions);
    expect(counts).toEqual([
      [1, 2],
      [1, 0],
    ]);
    expect(scores[0]).toMatchObject({ recall: 1 / 3, precision: 1 / 2, support: 3 });
  });
  it("refuses other numbers of predictions than examples", () => {
    expect(() => classReport(labels(0), predictions)).toThrow("received 4 and 1");
    expect(() => classReport(labels(0), {} as never)).toThrow("classReport: expected predictions");
  });
});

describe("mistakesOf", () => {
  it("gives the surest first, those as sure in their order", () => {
    const found = mistakesOf(labels(0, 0, 0, 1), predictions);
    expect(found).toEqual([
      { row: 2, label: 0, predicted: 1, probability: 0.8 },
      { row: 3, label: 1, predicted: 0, probability: 0.7 },
      { row: 1, label: 0, predicted: 1, probability: 0.6 },
    ]);
    const alike = { count: 2, outputs: 1, values: [1, 1] };
    expect(mistakesOf(labels(0, 0), alike).map(({ row }) => row)).toEqual([0, 1]);
  });
});
