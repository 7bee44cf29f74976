// Symbolic differentiation beside the automatic one: a formula is differentiated into a formula, which is
// written out in full, where automatic differentiation keeps what it has computed.

import {
  type Computation,
  type Expression,
  expressionGraph,
  jacobianOf,
} from "neurite/inspect/expression";
import { simplify, vjpGraph } from "neurite/transforms";
import { sizeOfFormula, tidy } from "./tidy.ts";
import { sizeOfSource, symbolOf, unwritable, writtenOut, writtenSizes } from "./written-out.ts";

export interface SymbolicDerivative {
  readonly output: string;
  readonly input: string;
  readonly formula: string;
  /** Names and numbers in the formula, and operations. */
  readonly leaves: number;
  readonly operations: number;
  /** Its value at the point, and what automatic differentiation gives. */
  readonly value: number;
  readonly automatic: number;
}

/** One operation as if it were the last: how large its derivatives by all inputs are. */
export interface GrowthRow {
  readonly name: string;
  /** Names and numbers of the expression, and of its derivatives, written out; null where it is too long. */
  readonly expression: number;
  readonly symbolic: number | null;
  /** Operations of the library's program of value and gradient. */
  readonly automatic: number;
}

export interface Symbolic {
  readonly derivatives: readonly SymbolicDerivative[];
  readonly growth: readonly GrowthRow[];
  /** What was not done, in sentences. */
  readonly notes: readonly string[];
}

/** Longer formulas are not written out: nobody reads them, and they double with every few operations. */
const LONGEST = 400;
/** Operations inside each other: mathjs calls itself for each, and the stack has an end. */
const DEEPEST = 120;
const MOST_DERIVATIVES = 5000;
const MOST_ROWS = 16;

/** Derivatives of every output by every input as formulas, by mathjs, and their growth. */
export async function symbolicOf(
  expression: Expression,
  computation: Computation,
): Promise<Symbolic> {
  const missing = unwritable(expression);
  if (missing.length > 0) {
    const names = missing.join(", ");
    return { derivatives: [], growth: [], notes: [`There is no symbolic rule for ${names} here.`] };
  }
  const { default: math } = await import("mathjs/lib/browser/math.js");
  const sizes = writtenSizes(expression);
  const { inputs, outputs, operations } = expression;
  const scope = new Map<string, unknown>(
    computation.inputs.map(({ value }, i) => [symbolOf(i), value]),
  );
  const depths = depthsOf(expression);
  const isShort = (source: Expression["outputs"][number]["source"]) =>
    sizeOfSource(source, sizes) <= LONGEST && (depths.get(source.name) ?? 0) <= DEEPEST;
  const differentiate = (source: Expression["outputs"][number]["source"]) => {
    const formula = math.parse(writtenOut(expression, source));
    return inputs.map((_, i) =>
      tidy(math, math.derivative(formula, symbolOf(i), { simplify: false })),
    );
  };

  const { values } = jacobianOf(computation);
  const derivatives = outputs.flatMap(({ name, source }, row) => {
    if (!isShort(source)) return [];
    return differentiate(source).map((formula, column): SymbolicDerivative => {
      const value = Number(formula.evaluate(scope));
      return {
        output: name,
        input: inputs[column]!,
        formula: named(formula.toString({ parenthesis: "auto" }), inputs),
        ...sizeOfFormula(formula),
        value,
        automatic: values[row]![column]!,
      };
    });
  });

  let spent = 0;
  const growth = spread(operations.length).map((place): GrowthRow => {
    const { name } = operations[place]!;
    const source = { kind: "operation", name } as const;
    let symbolic: number | null = null;
    if (isShort(source) && spent < MOST_DERIVATIVES) {
      const sizes = differentiate(source).map((formula) => countedLeaves(formula));
      symbolic = sizes.reduce((sum, leaves) => sum + leaves, 0);
      spent += symbolic;
    }
    return {
      name,
      expression: sizes.get(name)!,
      symbolic,
      automatic: automaticSize(expression, place),
    };
  });
  const long = outputs.filter(({ source }) => !isShort(source));
  const notes = long.map(({ name, source }) => {
    const isLong = sizeOfSource(source, sizes) > LONGEST;
    const what = isLong
      ? `${LONGEST} names and numbers`
      : `${DEEPEST} operations inside each other`;
    return `${name} is over ${what}, written out: its derivatives are not.`;
  });
  return { derivatives, growth, notes };

  function countedLeaves(formula: ReturnType<typeof differentiate>[number]): number {
    const { leaves } = sizeOfFormula(formula);
    return leaves === 1 && String(formula) === "0" ? 0 : leaves; // no derivative at all
  }
}

/** By name of an operation: how many lie inside each other there. */
function depthsOf({ operations }: Expression): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const { name, operands } of operations) {
    const inner = operands.map((operand) =>
      operand.kind === "operation" ? depths.get(operand.name)! : 0,
    );
    depths.set(name, 1 + Math.max(0, ...inner));
  }
  return depths;
}

/** The operations that compute an operation and its derivatives by all inputs, in reverse mode. */
function automaticSize(expression: Expression, place: number): number {
  const operations = expression.operations.slice(0, place + 1);
  const { name } = operations[place]!;
  const source = { kind: "operation", name } as const;
  const graph = expressionGraph({ ...expression, operations, outputs: [{ name, source }] });
  const marks = graph.inputs.map(() => true);
  const { nodes } = simplify(vjpGraph(graph, marks));
  return nodes.filter(({ op }) => op !== "constant").length;
}

/** Some places out of many, the last always. */
function spread(count: number): number[] {
  const rows = Math.min(count, MOST_ROWS);
  return Array.from({ length: rows }, (_, i) => Math.ceil(((i + 1) * count) / rows) - 1);
}

/** With the inputs' own names. */
function named(formula: string, inputs: readonly string[]): string {
  return formula.replaceAll(/\bx_(\d+)\b/g, (_, place: string) => inputs[Number(place)]!);
}
