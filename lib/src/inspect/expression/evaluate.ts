// An expression carried out by the library's own functions, in float64: as a function of tensors, as a
// graph, and as a table of numbers at a point.

import { expectArgument, finite, type Kind, show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { type Graph, makeGraph } from "../../ir/graph.ts";
import type { NdArray } from "../../ops/define.ts";
import { scope } from "../../runtime/interpreter/current.ts";
import { traceGraph } from "../../runtime/interpreter/tracing.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Computation, ComputationOperation } from "../graph/computation.ts";
import { jacobiansOf } from "../graph/slopes.ts";
import type { Expression, ExpressionOperation, ExpressionSource } from "./expression.ts";
import { FUNCTIONS } from "./functions.ts";
import { slopeText } from "./slope-text.ts";

type Scalar = Tensor<[]>;

const SCALAR = { dtype: "float64", shape: [] } as const;

/** Values by name. */
export type ExpressionPoint = Readonly<Record<string, number>>;

export const expressionKind: Kind<Expression> = {
  says: "an expression that was parsed",
  fits: (x) => Array.isArray((x as Partial<Expression> | null)?.operations),
  hint: (x) => (typeof x === "string" ? `Write parseExpression(${JSON.stringify(x)})` : undefined),
};

/**
 * The graph that the library records of an expression: float64 scalars, inputs by name, and every node
 * under the name of its operation, as h1. Its outputs are those of the expression.
 */
export function expressionGraph(expression: Expression): Graph {
  expectArgument("expressionGraph", "expression", expression, expressionKind);
  const graph = graphOfAll(expression);
  return makeGraph(graph.inputs, graph.outputs.slice(expression.operations.length));
}

/** With the result of every operation as an output before the expression's own. */
function graphOfAll(expression: Expression): Graph {
  const body = (args: Tensor[]) => {
    const { operations, outputs } = carriedOut(expression, args as Scalar[]);
    return [...operations, ...outputs];
  };
  const types = expression.inputs.map(() => SCALAR);
  return traceGraph("expressionGraph", types, body, [...expression.inputs]).graph;
}

/** An expression in tensors: the results of its operations and its outputs, of a scalar for each input. */
export function carriedOut(
  { inputs, operations, outputs }: Expression,
  args: readonly Scalar[],
): { readonly operations: Scalar[]; readonly outputs: Scalar[] } {
  const dtype = args[0]?.dtype === "float32" ? "float32" : "float64";
  const known = new Map<string, Scalar>(inputs.map((name, i) => [name, args[i]!]));
  const tensorOf = (source: ExpressionSource): Scalar =>
    source.kind === "constant" ? scalar(source.value, dtype) : known.get(source.name)!;
  for (const operation of operations) {
    known.set(operation.name, applied(operation, operation.operands.map(tensorOf)));
  }
  return {
    operations: operations.map(({ name }) => known.get(name)!),
    outputs: outputs.map(({ source }) => tensorOf(source)),
  };
}

/**
 * An expression as a function of tensors, to be recorded, compiled and differentiated as any other.
 * @returns from scalars [], all float32 or all float64, in the order of `expression.inputs`, to its outputs
 */
export function expressionTensors(
  expression: Expression,
): (inputs: readonly Tensor[]) => Tensor<[]>[] {
  expectArgument("expressionTensors", "expression", expression, expressionKind);
  return (inputs) => carriedOut(expression, inputs as readonly Scalar[]).outputs;
}

function applied({ name, function: called }: ExpressionOperation, args: readonly Scalar[]): Scalar {
  const [u, v] = args as [Scalar, Scalar];
  return scope(name, () => FUNCTIONS[called].apply(u, v));
}

/**
 * The table of an expression at a point: values, and local derivatives by the library's own rules. Points
 * outside of a domain are no error: there the numbers are not finite, and `notes` says why.
 * @param at a finite number for each input, by name
 * @throws ArgumentError for inputs without a value, and values without an input
 */
export function computationOf(expression: Expression, at: ExpressionPoint): Computation {
  expectArgument("computationOf", "expression", expression, expressionKind);
  const point = pointOf("computationOf", expression, at);
  const { inputs, operations } = expression;
  const graph = graphOfAll(expression);
  const results = evaluate(graph, point.map(array)).map(({ data }) => data[0]!);
  const values = new Map(inputs.map((name, i) => [name, point[i]!]));
  operations.forEach(({ name }, i) => values.set(name, results[i]!));
  const numberOf = (source: ExpressionSource) =>
    source.kind === "constant" ? source.value : values.get(source.name)!;
  const rows = operations.map((operation) => row(operation, numberOf));
  return {
    inputs: inputs.map((name, i) => ({ name, value: point[i]! })),
    operations: rows,
    outputs: expression.outputs.map(({ name, source }) => ({
      name,
      value: numberOf(source),
      source: source.kind === "constant" ? null : source.name,
    })),
    notes: operations.flatMap((operation, i) => notesOn(operation, rows[i]!)),
  };
}

function row(
  operation: ExpressionOperation,
  numberOf: (source: ExpressionSource) => number,
): ComputationOperation {
  const { name, formula, text, operands } = operation;
  const derivatives = localDerivatives(operation, operands.map(numberOf));
  return {
    name,
    formula,
    text,
    value: numberOf({ kind: "operation", name }),
    operands: operands.map((operand, place) => ({
      name: operand.name,
      kind: operand.kind,
      value: numberOf(operand),
      slope: slopeText(operation, place),
      derivative: derivatives[place]!,
    })),
  };
}

/** One operation alone, each operand a placeholder of its own: x*x has two derivatives. */
function localDerivatives(
  operation: ExpressionOperation,
  at: readonly number[],
): (number | null)[] {
  const { operands } = operation;
  const places = operands.flatMap(({ kind }, i) => (kind === "constant" ? [] : [i]));
  const body = (args: Tensor[]) => {
    const all = at.map((value, i) => {
      const place = places.indexOf(i);
      return place < 0 ? scalar(value, "float64") : args[place]!;
    });
    return [applied(operation, all)];
  };
  const { graph } = traceGraph(
    "computationOf",
    places.map(() => SCALAR),
    body,
  );
  const found = jacobiansOf(
    graph,
    places.map((i) => array(at[i]!)),
  );
  return operands.map((_, i) => {
    const place = places.indexOf(i);
    return place < 0 ? null : found[place]!.values[0]![0]!;
  });
}

function notesOn(
  { name, formula, function: called }: ExpressionOperation,
  { value, operands }: ComputationOperation,
): string[] {
  const [u, v = Number.NaN] = operands.map((operand) => operand.value) as [number, number?];
  const given = operands.filter(({ kind }) => kind !== "constant");
  const isGiven = operands.every((operand) => Number.isFinite(operand.value));
  // Of constants alone no derivative is asked: a corner is none of their business.
  const isAsked = isGiven && (given.length > 0 || !Number.isFinite(value));
  const outside = isAsked ? FUNCTIONS[called].outside?.(u, v) : undefined;
  if (outside !== undefined) return [`${name} = ${formula}: ${outside}.`];
  const wild = given.some(({ derivative }) => !Number.isFinite(derivative));
  if (!isGiven || (Number.isFinite(value) && !wild)) return [];
  const what = Number.isFinite(value) ? "its derivative is" : "it is";
  return [`${name} = ${formula}: ${what} beyond the largest float64, 1.8e308.`];
}

/**
 * An expression as a function of numbers, for difference quotients and the like: the values of its outputs.
 * @returns a function of the inputs' values, in the order of `expression.inputs`
 */
export function expressionFunction(
  expression: Expression,
): (values: readonly number[]) => number[] {
  expectArgument("expressionFunction", "expression", expression, expressionKind);
  const graph = expressionGraph(expression);
  return (values) => evaluate(graph, values.map(array)).map(({ data }) => data[0]!);
}

function array(value: number): NdArray {
  return { ...SCALAR, data: Float64Array.of(value) };
}

/** Values in the order of the inputs. */
export function pointOf(where: string, { inputs }: Expression, at: ExpressionPoint): number[] {
  if (typeof at !== "object" || at === null || Array.isArray(at)) {
    throw new ArgumentError(`${where}: expected values by name, as { x: 1 }, received ${show(at)}`);
  }
  const names = inputs.length === 0 ? "It has no inputs" : `Its inputs are ${inputs.join(", ")}`;
  for (const name of Object.keys(at)) {
    if (inputs.includes(name)) continue;
    throw new ArgumentError(`${where}: the expression has no input "${name}". ${names}.`);
  }
  const missing = inputs.filter((name) => !Object.hasOwn(at, name) || at[name] === undefined);
  if (missing.length > 0) {
    const have = missing.length === 1 ? "has no value" : "have no value";
    throw new ArgumentError(`${where}: ${missing.join(", ")} ${have}. ${names}.`);
  }
  return inputs.map((name) => {
    expectArgument(where, name, at[name], finite);
    return at[name]!;
  });
}
