// An expression of one's own as a surface: a function of the vector of its inputs.

import { expectArgument, listOf, text, worded } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { at } from "../../tensor/indexing.ts";
import { carriedOut, expressionKind } from "../expression/evaluate.ts";
import type { Expression } from "../expression/expression.ts";
import type { Objective } from "./objective.ts";

const names = worded("a list of names", listOf(text));

/**
 * A function of a float64 vector that gives a scalar, for `lossSurfaceOf`, `curvatureAt` and `descentOn`.
 * @param expression with one output, as `parseExpression("w1^2 + w2^2")` gives it
 * @param variables what the numbers of the vector are called, in their order; the expression's inputs, as they appear,
 * if left out. One that the expression does not name changes nothing.
 * @throws ArgumentError for an expression of several outputs, or with an input that is not among the variables
 */
export function expressionObjective(
  expression: Expression,
  variables: readonly string[] = expression.inputs,
): Objective {
  expectArgument("expressionObjective", "expression", expression, expressionKind);
  expectArgument("expressionObjective", "variables", variables, names);
  const { inputs, outputs } = expression;
  if (outputs.length !== 1) {
    throw new ArgumentError(
      `expressionObjective: expected an expression of one output, received ${outputs.length}: ` +
        outputs.map(({ name }) => name).join(", "),
    );
  }
  const other = inputs.find((name) => !variables.includes(name));
  if (other !== undefined) {
    throw new ArgumentError(
      `expressionObjective: expected an expression of ${variables.join(", ")}, received one of "${other}" too`,
    );
  }
  const places = inputs.map((name) => variables.indexOf(name));
  return (point) => {
    const args = places.map((place) => at(point, place));
    return carriedOut(expression, args).outputs[0]!;
  };
}
