// NNDL section 4.5: three ways to a derivative: difference quotients, formulas, and automatic differentiation.

import { computationOf, expressionFunction } from "../../../inspect/expression/evaluate.ts";
import { parseExpression } from "../../../inspect/expression/expression.ts";
import { parseStatements } from "../../../inspect/expression/parse.ts";
import type { ExpressionTree } from "../../../inspect/expression/tree.ts";
import { type Differences, differencesOf } from "../../../inspect/graph/differences.ts";
import { reversePasses } from "../../../inspect/graph/passes.ts";
import { above, between } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { countedWithin, experimentPoint, type Parameters, real } from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface ThreeWaysPoint {
  readonly factors: number;
  readonly at: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<ThreeWaysPoint> = {
  factors: countedWithin("how many numbers are multiplied", 10, [2, 40]),
  at: real("where the sigmoid is differentiated", 1),
};

/** x1 x2 ... xn. */
export function productOf(factors: number): string {
  return Array.from({ length: factors }, (_, i) => `x${i + 1}`).join("*");
}

/**
 * The derivative of a product by one of its factors as a formula, by (u v)' = u' v + u v' with what is 0 or 1
 * left out: the names that are multiplied. Null for 0.
 */
export function derivativeOfProduct(tree: ExpressionTree, by: string): readonly string[] | null {
  if (tree.kind === "name") return tree.name === by ? [] : null;
  if (tree.kind === "number") return null;
  const [u, v] = tree.args as [ExpressionTree, ExpressionTree];
  const [du, dv] = [derivativeOfProduct(u, by), derivativeOfProduct(v, by)];
  if (du) return [...du, ...namesIn(v)]; // no factor stands in both
  return dv ? [...namesIn(u), ...dv] : null;
}

function namesIn(tree: ExpressionTree): string[] {
  if (tree.kind === "name") return [tree.name];
  return tree.kind === "number" ? [] : tree.args.flatMap(namesIn);
}

/** Difference quotients of the sigmoid over step sizes 1e-1 to 1e-15. */
export function quotientsAt(at: number): Differences {
  const expression = parseExpression("sigmoid(x)");
  const f = expressionFunction(expression);
  const [pass] = reversePasses(computationOf(expression, { x: at }));
  return differencesOf((x) => f([x])[0]!, at, pass!.derivatives[0]!.value);
}

/** The least error of a kind of quotient. */
function leastError({ rows }: Differences, kind: "forwardError" | "centralError"): number {
  return Math.min(...rows.map((row) => row[kind] ?? Number.POSITIVE_INFINITY));
}

const WINDOW =
  "A large step errs by the curve, a small one by rounding: a central difference errs least near the cube root of " +
  "the rounding, 6e-6, a forward difference near its square root, 1.5e-8.";
const WRITTEN =
  "Written out, each of n derivatives is a product of its own of n - 1 factors. Reverse mode uses what they have in " +
  "common: two products at each of the n - 1 multiplications.";

/** What each of the three costs, or misses. */
export function claims(given: Partial<ThreeWaysPoint> = {}): Claim[] {
  const { factors, at } = experimentPoint("three-ways", PARAMETERS, given);
  const product = parseExpression(productOf(factors));
  const { tree } = parseStatements(product.text)[0]!;
  const formulas = product.inputs.map((name) => derivativeOfProduct(tree, name)!);
  const point = Object.fromEntries(product.inputs.map((name, i) => [name, 1 + i / factors]));
  const [pass] = reversePasses(computationOf(product, point));
  const steps = pass!.moves.reduce((total, { terms }) => total + terms.length, 0);
  const gaps = pass!.derivatives.map(({ name, value }, i) => {
    const formula = formulas[i]!.reduce((all, other) => all * point[other]!, 1);
    return Math.abs(value / formula - 1) + Number(product.inputs[i] !== name);
  });
  const quotients = quotientsAt(at);
  const exponent = (step: number | null) => Math.log10(step ?? Number.NaN);
  const better = leastError(quotients, "forwardError") / leastError(quotients, "centralError");
  return [
    between(
      "central difference: best step, as a power of 10",
      [-6, -4],
      exponent(quotients.bestCentral),
      {
        places: 0,
        note: WINDOW,
      },
    ),
    between("forward difference: best step", [-9, -7], exponent(quotients.bestForward), {
      places: 0,
    }),
    above("least error, forward / central", 10, better, { places: 0 }),
    claim(
      `formula: factors in the gradient of x1 ... x${factors}`,
      90,
      formulas.reduce((total, names) => total + names.length, 0),
      0,
      WRITTEN,
    ),
    claim("reverse mode: products", 18, steps, 0),
    claim("formula against reverse mode, relative", 0, Math.max(...gaps), 1e-14),
  ];
}

/** The errors of difference quotients by their step. */
export function curves(given: Partial<ThreeWaysPoint> = {}): Curves[] {
  const { at } = experimentPoint("three-ways", PARAMETERS, given);
  const { rows } = quotientsAt(at);
  const line = (name: string, kind: "forwardError" | "centralError") => ({
    name,
    // Where there is no error at all a logarithm has no place for it.
    points: rows.flatMap((row) => (row[kind] ? [[row.stepSize, row[kind]] as const] : [])),
  });
  return [
    {
      title: `Difference quotients of the sigmoid at ${at}`,
      x: { label: "step", log: true },
      y: { label: "error", log: true },
      series: [line("forward", "forwardError"), line("central", "centralError")],
    },
  ];
}
