// Everything about one's own expression at a point, in one call.

import { expectArgument } from "../../checks/arguments.ts";
import type { Graph } from "../../ir/graph.ts";
import type { Computation } from "../graph/computation.ts";
import { type DifferenceOptions, type Differences, differencesOf } from "../graph/differences.ts";
import { expectKnown } from "../graph/kinds.ts";
import {
  type ChainPass,
  type ComputationJacobian,
  forwardPasses,
  jacobianOf,
  reversePasses,
} from "../graph/passes.ts";
import {
  computationOf,
  type ExpressionPoint,
  expressionFunction,
  expressionGraph,
  pointOf,
} from "./evaluate.ts";
import { type Expression, expressionText, parseExpression } from "./expression.ts";

/** All that explainExpression() finds at a point. */
export interface Explanation {
  readonly expression: Expression;
  /** The library's graph of it; all else here is plain data. */
  readonly graph: Graph;
  readonly computation: Computation;
  /** A pass for each input. */
  readonly forward: readonly ChainPass[];
  /** A pass for each output. */
  readonly reverse: readonly ChainPass[];
  readonly jacobian: ComputationJacobian;
}

/**
 * The graph of an expression with values, local derivatives, both modes and the Jacobian, at a point:
 * `explainExpression("1/(exp(-(w*x+b))+1)", { x: 1, w: 0, b: 0 })` is NNDL figure 4.8.
 * @throws ExpressionError for a text that means nothing, ArgumentError for names without a value
 */
export function explainExpression(text: string, at: ExpressionPoint): Explanation {
  expectArgument("explainExpression", "text", text, expressionText);
  const expression = parseExpression(text);
  pointOf("explainExpression", expression, at);
  const computation = computationOf(expression, at);
  return {
    expression,
    graph: expressionGraph(expression),
    computation,
    forward: forwardPasses(computation),
    reverse: reversePasses(computation),
    jacobian: jacobianOf(computation),
  };
}

/**
 * Numerical derivatives of an output of an expression by one of its inputs, over step sizes, with their
 * errors against automatic differentiation.
 * @throws ArgumentError for names that the expression does not have
 */
export function expressionDifferences(
  expression: Expression,
  at: ExpressionPoint,
  input: string,
  output: string,
  options: DifferenceOptions = {},
): Differences {
  const computation = computationOf(expression, at);
  const { inputs, outputs, values } = jacobianOf(computation);
  expectKnown("expressionDifferences", "input", input, inputs);
  expectKnown("expressionDifferences", "output", output, outputs);
  const [row, column] = [outputs.indexOf(output), inputs.indexOf(input)];
  const point = pointOf("expressionDifferences", expression, at);
  const f = expressionFunction(expression);
  const along = (x: number) => f(point.with(column, x))[row]!;
  return differencesOf(along, point[column]!, values[row]![column]!, options);
}
