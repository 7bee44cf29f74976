// The job `slopeCheck`: every derivative of a graph beside a central difference.

import { explainExpression, expressionDifferences } from "neurite/inspect/expression";
import type { Job } from "../job.ts";
import { readExpression } from "./read-expression.ts";

export const slopeCheck: Job<"slopeCheck"> = ({ text, at: given, stepSize }) => {
  const { expression, at } = readExpression(text, given);
  const { outputs, inputs } = explainExpression(text, at).jacobian;
  const rows = outputs.flatMap((output) =>
    inputs.map((input) => {
      const options = { stepSizes: [stepSize] };
      const found = expressionDifferences(expression, at, input, output, options);
      const { central, centralError: error } = found.rows[0]!;
      return { input, output, exact: found.exact, central, error };
    }),
  );
  return { rows };
};
