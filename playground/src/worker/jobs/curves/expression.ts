// A formula that somebody typed: read, or refused with the place in it.

import { type Expression, ExpressionError, parseExpression } from "neurite/inspect";
import { ProblemError } from "../../problem-error.ts";

/** @param most how many names it may have */
export function expressionOf(text: string, most: number): Expression {
  const expression = parsed(text);
  const { inputs: names, outputs } = expression;
  if (outputs.length !== 1 || names.length > most || names.length === 0) {
    const data = { most, names, results: outputs.length };
    throw new ProblemError({ code: "formulaShape", data });
  }
  return expression;
}

function parsed(text: string): Expression {
  try {
    return parseExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { position: at, fault } = error;
    throw new ProblemError({ code: "expression", data: { text, at, fault } });
  }
}
