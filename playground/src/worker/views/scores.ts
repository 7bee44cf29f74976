// The view `scores`: accuracy and the confusion matrix of classes, R² and the root mean square error of values.

import type { Examples } from "neurite/data";
import { classReport, type Predictions } from "neurite/timeline";
import type { PartScores } from "../../protocol/index.ts";
import type { Prepared } from "../data.ts";
import type { View } from "./view.ts";

export const scores: View<"scores"> = async ({ data }, _, { judgement }) => {
  const { train, test } = await judgement();
  return {
    train: await scoresOf(data, data.fitted.train, train),
    test: test && (await scoresOf(data, data.fitted.test, test)),
  };
};

async function scoresOf(
  data: Prepared,
  examples: Examples,
  predictions: Predictions,
): Promise<PartScores> {
  const { count, outputs, values } = predictions;
  if (data.raw.classes !== null) {
    const { counts } = classReport(examples, predictions);
    const right = counts.reduce((sum, row, label) => sum + row[label]!, 0);
    return { kind: "classes", count, accuracy: right / count, confusion: counts };
  }
  const { figuresOf } = await import("./value-figures.ts");
  return { kind: "values", count, ...figuresOf(examples.y.data, values, [count, outputs]) };
}
