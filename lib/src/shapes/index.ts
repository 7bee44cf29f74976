// Compile-time tensor shapes: types only, they know nothing of Tensor, Layer or Model.

export type { Axes, AxisError, AxisOf, Reduce } from "./axes.ts";
export type { Broadcast, BroadcastError } from "./broadcast.ts";
export type { ApplyFn, Bad, Chain, Fn, FnOf, Identity, Shaped } from "./fn.ts";
export type { Concat, ConcatError, Stack, StackError } from "./join.ts";
export type { QrShapes, SolveError, SquareError, StackOf, TurnedMatrix } from "./linalg.ts";
export type { NestedInput, RaggedError, ShapeOf } from "./literals.ts";
export type { MatMul, MatMulError } from "./matmul.ts";
export type {
  At,
  AtError,
  DiagonalMatrix,
  Diagonals,
  NoNegative,
  OrderError,
  Permute,
  Permuted,
  PermuteError,
  Reverse,
} from "./movement.ts";
export type { ScalarError } from "./scalar.ts";
export type { Agree, Exact, Fits, Or, Same, Shape, Show, Unless } from "./shape.ts";
