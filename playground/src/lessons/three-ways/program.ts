// Three ways to a derivative: difference quotients, the gradient written out, automatic differentiation.

import {
  explainExpression,
  expressionDifferences,
  parseExpression,
} from "neurite/inspect/expression";

export interface Values {
  readonly factors: number;
  readonly exponent: number;
}

export function run({ factors, exponent }: Values) {
  // The gradient of x1 x2 … xn, written out: for each x the product of all others.
  const names = Array.from({ length: factors }, (_, i) => `x${i + 1}`);
  const written = names.map((name) => names.filter((other) => other !== name));
  // Reverse mode: two products at each multiplication.
  const point = Object.fromEntries(names.map((name, i) => [name, 1 + i / 10]));
  const { reverse } = explainExpression(names.join("*"), point);
  const products = reverse[0]!.moves.flatMap(({ terms }) => terms);
  const apart = reverse[0]!.derivatives.map(({ value }, i) => {
    const product = written[i]!.reduce((so, name) => so * point[name]!, 1);
    return Math.abs(value - product) / product;
  });

  const unit = parseExpression("a = sigmoid(w*x)");
  const { rows, exact, bestCentral, bestForward } = expressionDifferences(
    unit,
    { w: 1, x: 1 },
    "w",
    "a",
  );
  const chosen = rows[exponent - 1]!;
  const places = rows.map(({ stepSize }) => stepSize);
  return {
    numbers: {
      written: written.flat().length,
      automatic: products.length,
      apart: Math.max(...apart),
      exact,
      delta: chosen.stepSize,
      central: chosen.central,
      forwardError: chosen.forwardError!,
      centralError: chosen.centralError!,
      best: Math.log10(bestCentral!),
      bestForward: Math.log10(bestForward!),
    },
    curves: {
      forwardCurve: { x: places, y: rows.map((row) => row.forwardError!) },
      centralCurve: { x: places, y: rows.map((row) => row.centralError!) },
    },
  };
}
