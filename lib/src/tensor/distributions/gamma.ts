// Gamma draws, and what is made of them: beta and Dirichlet.

import {
  anything,
  either,
  expectOptions,
  type Kinds,
  oneOf,
  positive,
  worded,
} from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { isFloat } from "../../ir/dtype.ts";
import { showShape } from "../../ir/shape.ts";
import { expectDType, FLOATS } from "../../ops/define.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { shapeKind, tensorKind } from "../../runtime/values/kinds.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { greater, less, logicalAnd, where } from "../comparison.ts";
import { add, cast, div, exp, log, mul, sigmoid, sqrt, sub } from "../elementwise.ts";
import { gatherRows } from "../gather.ts";
import { broadcastShapes, broadcastTo } from "../operands/broadcast.ts";
import { checkShape } from "../operands/checks.ts";
import { type Key, keyKind, normal, splitKey, uniform } from "../random.ts";
import { argmax } from "../reduce.ts";
import { softmax } from "../softmax.ts";

type Float = "float32" | "float64";

/** Options of gamma(), beta() and dirichlet(): of the type of tensors given, else float32. */
export interface GammaOptions {
  readonly dtype?: Float;
}

const OPTIONS: Kinds<GammaOptions> = { dtype: oneOf("float32", "float64") };
const concentrationKind = worded("a number above 0, or a tensor", either(positive, tensorKind));

const checkGamma = signature<typeof gamma>(
  "gamma(key, concentration, shape?, { dtype })",
  keyKind,
  concentrationKind,
  shapeKind,
  anything,
);

/**
 * Gamma of density x^(a-1) exp(-x) / Gamma(a) for the concentration a > 0, which broadcasts to the shape (its
 * own if not given). Divide by a rate, or multiply by a scale. By the squeeze of Marsaglia and Tsang (2000), of
 * which twelve are tried at once: all fail about once in 10^15 draws, where the last one stands. No gradient.
 * @throws ArgumentError for a known concentration of 0 or less, ShapeError where it does not broadcast
 */
export function gamma(
  from: Key,
  concentration: number | Tensor,
  shape?: readonly number[],
  options: GammaOptions = {},
): Tensor {
  checkGamma(arguments);
  const [a] = concentrations("gamma", [concentration], shape, options) as [Tensor];
  const { body, logBoost } = draw(from, a);
  return prims.stopGradient(mul(body, exp(logBoost)));
}

const checkBeta = signature<typeof beta>(
  "beta(key, a, b, shape?, { dtype })",
  keyKind,
  concentrationKind,
  concentrationKind,
  shapeKind,
  anything,
);

/**
 * Beta of density proportional to x^(a-1) (1-x)^(b-1): X / (X + Y) of gamma draws X and Y, through their
 * logarithms, so that small a and b are right too. No gradient.
 * @throws ArgumentError for a known concentration of 0 or less, ShapeError where they do not broadcast
 */
export function beta(
  from: Key,
  a: number | Tensor,
  b: number | Tensor,
  shape?: readonly number[],
  options: GammaOptions = {},
): Tensor {
  checkBeta(arguments);
  const [left, right] = concentrations("beta", [a, b], shape, options) as [Tensor, Tensor];
  const [first, second] = splitKey(from);
  return prims.stopGradient(sigmoid(sub(logDraw(first, left), logDraw(second, right))));
}

const checkDirichlet = signature<typeof dirichlet>(
  "dirichlet(key, concentration, draws?, { dtype })",
  keyKind,
  tensorKind,
  shapeKind,
  anything,
);

/**
 * Probabilities that sum to 1 along the last axis: gamma draws over their sum, of concentrations
 * [..., classes]. No gradient.
 * @param draws the shape of independent draws, in front of the result's; one if not given
 * @throws ShapeError for a scalar, ArgumentError for a known concentration of 0 or less
 */
export function dirichlet(
  from: Key,
  concentration: Tensor,
  draws: readonly number[] = [],
  options: GammaOptions = {},
): Tensor {
  checkDirichlet(arguments);
  if (concentration.rank === 0) {
    throw new ShapeError("dirichlet: expected concentrations along an axis, received a scalar");
  }
  const shape = [...draws, ...concentration.type.shape];
  const [a] = concentrations("dirichlet", [concentration], shape, options) as [Tensor];
  return prims.stopGradient(softmax(logDraw(from, a), -1));
}

/** Concentrations of one type, stretched to the shape. */
function concentrations(
  op: string,
  given: readonly (number | Tensor)[],
  shape: readonly number[] | undefined,
  options: GammaOptions,
): Tensor[] {
  expectOptions(op, options, OPTIONS);
  const tensors = given.filter((x) => x instanceof Tensor);
  for (const x of tensors) {
    expectDType(op, x.type, FLOATS);
    const wrong = x.read().parts.known?.find((a: number) => !(a > 0));
    if (wrong !== undefined) {
      throw new ArgumentError(`${op}: expected concentrations above 0, received ${wrong}`);
    }
  }
  const dtype = options.dtype ?? tensors.find(({ dtype }) => isFloat(dtype))?.dtype ?? "float32";
  const full = shape ?? broadcastShapes(op, ...tensors.map(({ type }) => type.shape));
  checkShape(op, full);
  return given.map((x) => {
    const a = x instanceof Tensor ? cast(x as Tensor, dtype) : scalar(x, dtype);
    const lead = full.length - a.rank;
    const fits = lead >= 0 && a.type.shape.every((dim, i) => dim === 1 || dim === full[i + lead]);
    if (fits) return broadcastTo(a, full);
    throw new ShapeError(
      `${op}: concentrations of shape ${showShape(a.shape)} do not broadcast to ${showShape(full)}`,
    );
  });
}

const TRIES = 12;

/**
 * A gamma draw as body * exp(logBoost). Below 1 the concentration is one larger, and the draw times u^(1/a):
 * a power that may be too small for a float, though its logarithm is not.
 */
function draw(from: Key, a: Tensor): { body: Tensor; logBoost: Tensor } {
  const { shape } = a.type;
  const dtype = a.dtype as Float;
  const [forNormal, forSqueeze, forBoost] = splitKey(from, 3);
  const isSmall = less(a, 1);
  const d = sub(where(isSmall, add(a, 1), a), 1 / 3);
  const c = div(1 / 3, sqrt(d)) as Tensor;
  const tries = [TRIES, ...shape];
  const x = normal(forNormal, tries, { dtype }) as Tensor;
  const root = add(mul(x, broadcastTo(c, tries)), 1) as Tensor;
  const isPositive = greater(root, 0);
  const v = where(isPositive, mul(mul(root, root), root), 1);
  const logU = log(sub(1, uniform(forSqueeze, tries, { dtype }) as Tensor) as Tensor);
  const wide = broadcastTo(d, tries);
  const limit = add(mul(mul(x, x), 0.5), mul(wide, add(sub(1, v), log(v)))) as Tensor;
  const isTaken = logicalAnd(isPositive, less(logU, limit));
  const first = prims.reshape(argmax(cast(isTaken as Tensor, "int32"), 0), {
    shape: [1, ...shape],
  });
  const taken = prims.reshape(gatherRows(mul(wide, v) as Tensor, first, 0), { shape });
  const u = log(sub(1, uniform(forBoost, shape, { dtype }) as Tensor) as Tensor);
  return { body: taken, logBoost: where(isSmall, div(u, a), 0) };
}

function logDraw(from: Key, a: Tensor): Tensor {
  const { body, logBoost } = draw(from, a);
  return add(log(body), logBoost);
}
