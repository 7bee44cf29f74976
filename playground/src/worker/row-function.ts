// An expression of one's own as a function of the inputs.

import { ExpressionError, expressionFunction, parseExpression } from "neurite/inspect/expression";
import { ProblemError } from "./problem-error.ts";

const MOST_KEPT = 10_000;

export type RowFunction = (row: readonly number[]) => number;

/** An expression in the named inputs as a function of a row of them. */
export function rowFunction(text: string, names: readonly string[]): RowFunction {
  const { inputs, f } = parsed(text);
  const unknown = inputs.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ProblemError({
      code: "unknownInput",
      data: { text, at: text.indexOf(unknown), name: unknown, known: names.join(", ") },
    });
  }
  const places = inputs.map((name) => names.indexOf(name));
  if (places.length !== 1) return (row) => f(places.map((place) => row[place]!))[0]!;
  // On a grid one coordinate has few values, each many times.
  const [place = 0] = places;
  const known = new Map<number, number>();
  return (row) => {
    const x = row[place]!;
    const kept = known.get(x);
    if (kept !== undefined) return kept;
    const value = f([x])[0]!;
    if (known.size < MOST_KEPT) known.set(x, value);
    return value;
  };
}

function parsed(text: string) {
  try {
    const expression = parseExpression(text);
    const results = expression.outputs.length;
    if (results > 1) {
      const { inputs: names } = expression;
      throw new ProblemError({
        code: "formulaShape",
        data: { most: names.length, names, results },
      });
    }
    return { inputs: expression.inputs, f: expressionFunction(expression) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { position: at, fault } = error;
    throw new ProblemError({ code: "expression", data: { text, at, fault } });
  }
}
