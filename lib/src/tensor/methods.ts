// Arithmetic as methods: `x.matmul(w).add(b).relu()`. Each is the function of the same name
// (flatten: of the name `ravel`, since `flatten()` makes a layer).

import { ShapeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { showShape } from "../ir/shape.ts";
import { bringFinite } from "../runtime/compiled/compile.ts";
import { expectFiniteOutputs } from "../runtime/compiled/finite.ts";
import { backward } from "../runtime/derivatives/backward.ts";
import { formatArray } from "../runtime/values/format.ts";
import { axisKind, shapeKind, tensorKind } from "../runtime/values/kinds.ts";
import { bringFormat, Tensor } from "../runtime/values/tensor.ts";
import type { Shape } from "../shapes/index.ts";
import * as roll from "./arranging/roll.ts";
import * as running from "./arranging/running.ts";
import * as comparison from "./comparison.ts";
import * as elementwise from "./elementwise.ts";
import * as gather from "./gather.ts";
import * as indexing from "./indexing.ts";
import { matmul } from "./linear.ts";
import * as closeness from "./math/closeness.ts";
import * as trigonometry from "./math/trigonometry.ts";
import * as triangles from "./matrices/triangles.ts";
import type { TensorMethods } from "./method-types.ts";
import * as movement from "./movement.ts";
import { answerForeignNames } from "./operands/foreign.ts";
import { mergeAxes } from "./operands/merge-axes.ts";
import * as reduce from "./reduce.ts";
import * as softmax from "./softmax.ts";
import * as sorting from "./sorting.ts";
import * as quantile from "./statistics/quantile.ts";
import * as updates from "./updates/updates.ts";

declare module "../runtime/values/tensor.ts" {
  interface Tensor<out S extends Shape = any> extends TensorMethods<S> {}
}

type MethodName = Exclude<keyof TensorMethods<Shape>, typeof Symbol.iterator>;
type Method = (x: Tensor, ...args: never[]) => unknown;

const FUNCTIONS: Readonly<Record<string, unknown>> = {
  ...elementwise,
  ...comparison,
  ...reduce,
  ...softmax,
  ...movement,
  ...gather,
  ...indexing,
  ...sorting,
  ...trigonometry,
  ...closeness,
  ...roll,
  ...running,
  ...triangles,
  ...quantile,
  ...updates,
};

/** A function for every method: a name too few or too many is a compile error. */
const METHODS: Readonly<Record<MethodName, Method>> = {
  ...named("add", "sub", "mul", "div", "floorDiv", "pow", "mod", "maximum", "minimum"),
  ...named("equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual"),
  ...named("logicalAnd", "logicalOr", "logicalNot"),
  ...named("neg", "exp", "expm1", "log", "log1p", "sqrt", "square", "sin", "cos", "tanh"),
  ...named("sigmoid", "relu", "erf", "floor", "ceil", "round", "sign", "abs", "isNan"),
  ...named("stopGradient", "clip", "cast", "softmax", "logSoftmax", "cumsum", "flip"),
  ...named("sum", "mean", "max", "min", "prod", "variance", "std", "all", "any"),
  ...named("argmax", "argmin", "norm", "reshape", "transpose", "expandDims", "squeeze"),
  ...named("at", "take", "sort", "argsort", "topK", "setAt", "addAt", "maxAt", "minAt"),
  ...named("tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh", "atanh"),
  ...named("log2", "log10", "isFinite", "isInf", "cumprod", "diff", "roll", "repeat"),
  ...named("tril", "triu", "diagonal", "diag", "trace", "median", "quantile"),
  matmul,
  flatten,
  as: expectShape,
  backward,
};

for (const [name, method] of Object.entries(METHODS)) {
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...args: never[]): unknown {
      return method(this, ...args);
    },
    writable: true,
    configurable: true,
  });
}

answerForeignNames(Tensor.prototype);
bringFormat(formatArray);
bringFinite(expectFiniteOutputs);

/** `for (const row of x)`, `[...x]`: the slices along the first axis. */
Object.defineProperty(Tensor.prototype, Symbol.iterator, {
  value(this: Tensor): IterableIterator<Tensor> {
    if (this.rank > 0) return rowsOf(this);
    throw new ShapeError("A scalar has no rows to go through; read its number with item().");
  },
  writable: true,
  configurable: true,
});

function* rowsOf(x: Tensor): IterableIterator<Tensor> {
  const present = x.read(); // a variable may be assigned on the way
  for (let i = 0; i < present.type.shape[0]!; i++) yield indexing.at(present, i);
}

function named<N extends MethodName>(...names: N[]): Record<N, Method> {
  return Object.fromEntries(names.map((name) => [name, FUNCTIONS[name]])) as Record<N, Method>;
}

const checkFlatten = signature<typeof flatten>("flatten(x, from?)", tensorKind, axisKind);

function flatten(x: Tensor, from = 0): Tensor {
  checkFlatten(arguments);
  return mergeAxes("flatten", x, from);
}

const checkAs = signature<typeof expectShape>("as(x, shape)", tensorKind, shapeKind);

function expectShape(x: Tensor, shape: readonly number[]): Tensor {
  checkAs(arguments);
  const fits = shape.length === x.rank && shape.every((dim, i) => dim === -1 || dim === x.shape[i]);
  if (fits) return x;
  throw new ShapeError(`as: expected shape ${showShape(shape)}, received ${showShape(x.shape)}`);
}
