// An expression with a point, as the page gives both; mistakes become problems that the page words.

import {
  type Expression,
  ExpressionError,
  type ExpressionPoint,
  parseExpression,
} from "neurite/inspect/expression";
import { ProblemError } from "../../problem-error.ts";

/** More is no graph that anyone walks through. */
export const MOST_OPERATIONS = 150;

export interface Read {
  readonly expression: Expression;
  readonly at: ExpressionPoint;
}

/** @param at what it says of names that the text does not have is left out; those it does not say are 1 */
export function readExpression(text: string, at: ExpressionPoint): Read {
  const expression = parsed(text);
  const { inputs, operations } = expression;
  if (operations.length > MOST_OPERATIONS) {
    const name = String(operations.length);
    throw new ProblemError({ code: "noGraph", data: { reason: "size", name } });
  }
  return {
    expression,
    at: Object.fromEntries(inputs.map((name) => [name, Object.hasOwn(at, name) ? at[name]! : 1])),
  };
}

function parsed(text: string): Expression {
  if (text.trim() === "") {
    const fault = { code: "empty" } as const;
    throw new ProblemError({ code: "expression", data: { text, at: 0, fault } });
  }
  try {
    return parseExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { position: at, fault } = error;
    throw new ProblemError({ code: "expression", data: { text, at, fault } });
  }
}
