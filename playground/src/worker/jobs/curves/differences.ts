// The job `differences`: a derivative by difference quotients, and how far each is from the exact one.

import { expressionDifferences } from "neurite/inspect";
import type { Job } from "../job.ts";
import { expressionOf } from "./expression.ts";

/** Four for each power of ten. */
const STEP_SIZES = Array.from({ length: 61 }, (_, i) => Number((10 ** (-i / 4)).toPrecision(6)));

export const differences: Job<"differences"> = ({ text, at }) => {
  const expression = expressionOf(text, 1);
  const [input = "x"] = expression.inputs;
  const output = expression.outputs[0]!.name;
  const options = { stepSizes: STEP_SIZES };
  const given = { [input]: at };
  return { input, ...expressionDifferences(expression, given, input, output, options) };
};
