// Derivatives in other ways, as tables: along paths, by differences, as matrices, and as formulas.

import {
  type Differences,
  type Explanation,
  expressionDifferences,
  pathsBetween,
} from "neurite/inspect/expression";
import { plural } from "../terminal/names.ts";
import { sixDigits } from "./numbers.ts";
import type { Part } from "./part.ts";
import type { Symbolic } from "./symbolic.ts";

/** An input and an output that a part is about. */
export interface DerivativePair {
  readonly input: string;
  readonly output: string;
}

const MOST_PATHS = 12;

/** Every path's product, and their sum. */
export function pathsPart({ computation }: Explanation, pairs: readonly DerivativePair[]): Part {
  const found = pairs.map(({ input, output }) =>
    pathsBetween(computation, input, output, { most: MOST_PATHS }),
  );
  const lead = found.map(({ input, output, count, sum, paths }) => {
    const derivative = `d${output}/d${input}`;
    if (count === 0) return `${derivative} = 0: no path leads from ${input} to ${output}.`;
    if (sum === null)
      return `${derivative}: ${count.toLocaleString("en-US")} paths, of which ${paths.length} are shown.`;
    const parts = paths.map(({ product }) => sixDigits(product));
    const added = paths.length > 1 ? `${parts.join(" + ")} = ` : "";
    return `${derivative} = ${added}${sixDigits(sum)}, along ${plural(count, "path")}.`;
  });
  return {
    title: "Paths: products along them, added up",
    lead,
    tables: found
      .filter(({ paths }) => paths.length > 0)
      .map(({ input, output, paths }) => ({
        head: [`from ${input} to ${output}`, "local derivatives", "product"],
        rows: paths.map(({ through, factors, product }) => [
          through.join(" > "),
          factors.map(({ derivative }) => sixDigits(derivative)).join(" * ") || "1",
          sixDigits(product),
        ]),
      })),
  };
}

/** Difference quotients over step sizes, with their errors. */
export function differencesPart(found: readonly (DerivativePair & Differences)[]): Part {
  const step = (size: number | null) => (size === null ? "none" : String(size));
  return {
    title: "Numerical differentiation",
    lead: found.map(
      ({ input, output, exact, bestForward, bestCentral }) =>
        `d${output}/d${input} = ${sixDigits(exact)} by automatic differentiation; best step: ` +
        `${step(bestForward)} forward, ${step(bestCentral)} central.`,
    ),
    tables: found.map(({ input, output, rows }) => ({
      head: [`d${output}/d${input}: step`, "forward", "error", "central", "error"],
      rows: rows.map(({ stepSize, forward, forwardError, central, centralError }) => [
        stepSize.toExponential(0),
        sixDigits(forward),
        forwardError === null ? "" : forwardError.toExponential(1),
        sixDigits(central),
        centralError === null ? "" : centralError.toExponential(1),
      ]),
    })),
  };
}

export function differencesFor(
  { expression, computation }: Explanation,
  pairs: readonly DerivativePair[],
): (DerivativePair & Differences)[] {
  const at = Object.fromEntries(computation.inputs.map(({ name, value }) => [name, value]));
  return pairs.map(({ input, output }) => ({
    input,
    output,
    ...expressionDifferences(expression, at, input, output),
  }));
}

/** The Jacobian of the whole, and of each operation: rows for results, columns for what they depend on. */
export function jacobianPart({ computation, jacobian }: Explanation): Part {
  const { inputs, outputs, values } = jacobian;
  const whole = {
    head: ["d row / d column", ...inputs],
    rows: values.map((row, i) => [outputs[i]!, ...row.map(sixDigits)]),
  };
  const single = computation.operations.map(({ name, formula, operands }) => {
    const own = operands.filter(({ derivative }) => derivative !== null);
    const by = own.map((operand) => operand.name).join(", ");
    return [
      name,
      formula,
      `by (${by})`,
      `[${own.map(({ derivative }) => sixDigits(derivative!)).join(", ")}]`,
    ];
  });
  const size = `${outputs.length} x ${inputs.length}`;
  return {
    title: "Jacobians",
    lead: [`Of the whole: ${size}. Of each operation: one row.`],
    tables: [whole, { head: ["", "formula", "", "Jacobian"], rows: single }].filter(
      ({ rows }) => rows.length > 0,
    ),
  };
}

const LONGEST_FORMULA = 300;

/** Symbolic derivatives, and how they grow beside automatic differentiation. */
export function symbolicPart({ derivatives, growth, notes }: Symbolic): Part {
  const total = derivatives.reduce((sum, { leaves }) => sum + leaves, 0);
  const last = growth.at(-1);
  const written = plural(total, "name and number", "names and numbers");
  const lead =
    derivatives.length === 0 || !last
      ? []
      : [
          `The derivatives by all inputs, written out: ${written}.`,
          `Value and gradient by automatic differentiation: ${plural(last.automatic, "operation")}.`,
        ];
  const shown = (text: string) =>
    text.length <= LONGEST_FORMULA ? text : `${text.slice(0, LONGEST_FORMULA)}…`;
  const tables = [
    {
      head: ["", "value", "automatic", "size", "formula"],
      rows: derivatives.map(({ output, input, formula, value, automatic, leaves }) => [
        `d${output}/d${input}`,
        sixDigits(value),
        sixDigits(automatic),
        String(leaves),
        shown(formula),
      ]),
    },
    {
      head: ["up to", "expression", "its derivatives, symbolic", "automatic, operations"],
      rows: growth.map(({ name, expression, symbolic, automatic }) => [
        name,
        String(expression),
        symbolic === null ? "too long" : String(symbolic),
        String(automatic),
      ]),
    },
  ];
  return {
    title: "Symbolic differentiation",
    lead,
    tables: tables.filter(({ rows }) => rows.length > 0),
    notes,
  };
}
