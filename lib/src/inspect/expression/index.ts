// Expressions of one's own and the tables of their graphs, without what models need: half of `neurite/inspect`
// to load. No tensor goes in or comes out, so there are no methods to bring.

import "../../ops/whole.ts";

export { type Annotations, annotate } from "../graph/annotate.ts";
export type {
  Computation,
  ComputationOperand,
  ComputationOperation,
  ComputationOutput,
  NamedNumber,
} from "../graph/computation.ts";
export {
  type DifferenceOptions,
  type DifferenceRow,
  type Differences,
  differencesOf,
} from "../graph/differences.ts";
export {
  type ChainPass,
  type ChainTerm,
  type ComputationJacobian,
  forwardPasses,
  jacobianOf,
  knownAfter,
  type PassMove,
  reversePasses,
} from "../graph/passes.ts";
export {
  type DerivativePath,
  type DerivativePaths,
  type PathFactor,
  type PathOptions,
  pathsBetween,
} from "../graph/paths.ts";
export {
  computationOf,
  type ExpressionPoint,
  expressionFunction,
  expressionGraph,
  expressionTensors,
} from "./evaluate.ts";
export {
  type Explanation,
  explainExpression,
  expressionDifferences,
} from "./explain.ts";
export {
  type Expression,
  type ExpressionOperation,
  type ExpressionOutput,
  type ExpressionSource,
  parseExpression,
} from "./expression.ts";
export type { ExpressionFault } from "./faults.ts";
export { EXPRESSION_PRESETS, type ExpressionPreset } from "./presets.ts";
export { ExpressionError } from "./tokens.ts";
