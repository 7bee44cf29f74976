// The graph of figure 4.8: the value of every step, and the derivative of the end by it.

import { explainExpression } from "neurite/inspect/expression";

export interface Values {
  readonly x: number;
  readonly w: number;
  readonly b: number;
}

const FIGURE = "1/(exp(-(w*x + b)) + 1)";
const PATHS = "x*x + x";
const STEPS = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;

export function run({ x, w, b }: Values) {
  const { computation, reverse } = explainExpression(FIGURE, { x, w, b });
  const [pass] = reverse;
  const valueAt = (name: string) =>
    computation.operations.find((operation) => operation.name === name)!.value;
  const adjointOf = (name: string) => pass!.moves.find((move) => move.operation === name)!.value;
  const derivativeBy = (input: string) =>
    pass!.derivatives.find(({ name }) => name === input)!.value;

  // Two ways lead from x to x·x + x, and one of them twice.
  const twice = explainExpression(PATHS, { x });
  const arriving = twice.reverse[0]!.moves.flatMap(({ terms }) => terms)
    .filter(({ operand }) => operand === "x")
    .map(({ product }) => product);
  return {
    numbers: {
      f: valueAt("h6"),
      byX: derivativeBy("x"),
      byW: derivativeBy("w"),
      byB: derivativeBy("b"),
      twice: twice.reverse[0]!.derivatives[0]!.value,
    },
    tables: {
      steps: STEPS.map((name) => [valueAt(name), adjointOf(name)]),
      paths: arriving.map((product) => [product]),
    },
    graphs: { figure: { text: FIGURE, at: { x, w, b } }, paths: { text: PATHS, at: { x } } },
  };
}
