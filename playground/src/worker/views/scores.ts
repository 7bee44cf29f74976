// The view `scores`: accuracy and the confusion matrix of classes, R² and the root mean square error of values.

import { fromData } from "neurite";
import type { Examples } from "neurite/data";
import { classReport, type Predictions } from "neurite/inspect";
import { metricOf } from "neurite/nn";
import type { PartScores } from "../../protocol/index.ts";
import type { Prepared } from "../data.ts";
import type { View } from "./view.ts";

export const scores: View<"scores"> = async ({ data }, _, { judgement }) => {
  const { train, test } = await judgement();
  return {
    train: scoresOf(data, data.fitted.train, train),
    test: test && scoresOf(data, data.fitted.test, test),
  };
};

function scoresOf(data: Prepared, examples: Examples, predictions: Predictions): PartScores {
  const { count, outputs, values } = predictions;
  if (data.raw.classes !== null) {
    const { counts } = classReport(examples, predictions);
    const right = counts.reduce((sum, row, label) => sum + row[label]!, 0);
    return { kind: "classes", count, accuracy: right / count, confusion: counts };
  }
  const predicted = fromData(Float64Array.from(values), [count, outputs], "float64");
  const target = fromData(Float64Array.from(examples.y.data), [count, outputs], "float64");
  const figure = (name: "r2" | "rootMeanSquaredError") =>
    metricOf(name).compute(target, predicted, "values");
  return { kind: "values", count, r2: figure("r2"), rmse: figure("rootMeanSquaredError") };
}
