// Elementwise functions, with broadcasting and numbers in place of tensors.

import { either, number, oneOf, worded } from "../checks/arguments.ts";
import { ArgumentError, DTypeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { DTYPES, type DType, isFloat, isInteger } from "../ir/dtype.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { dtypeKind, operandKind, tensorKind } from "../runtime/values/kinds.ts";
import { Tensor } from "../runtime/values/tensor.ts";
import type { Shape } from "../shapes/index.ts";
import { equal, greater, less, where } from "./comparison.ts";
import { broadcastTo } from "./operands/broadcast.ts";
import { checkDType, numberLike } from "./operands/checks.ts";
import {
  type BinaryFunction,
  binary,
  pair,
  type TensorOrNumber,
  type UnaryFunction,
  unary,
} from "./operands/operands.ts";

export type { BinaryFunction, UnaryFunction } from "./operands/operands.ts";

/**
 * a + b. uint8 and int32 wrap around.
 * @throws ShapeError where shapes do not broadcast, DTypeError where element types differ
 */
export const add: BinaryFunction<"add"> = binary("add", (a, b) => prims.add(a, b));
/**
 * a - b. uint8 and int32 wrap around.
 * @throws ShapeError where shapes do not broadcast, DTypeError where element types differ
 */
export const sub: BinaryFunction<"sub"> = binary("sub", (a, b) => prims.sub(a, b));
/**
 * a * b, element by element; matmul() is the product of matrices. uint8 and int32 wrap around.
 * @throws ShapeError where shapes do not broadcast, DTypeError where element types differ
 */
export const mul: BinaryFunction<"mul"> = binary("mul", (a, b) => prims.mul(a, b));
/**
 * a / b, of floats. No element type changes by itself, and whole numbers have no quotients that are
 * whole: cast() them, or take floorDiv().
 * @throws DTypeError for integers
 */
export const div: BinaryFunction<"div"> = binary("div", quotient, DTYPES);
/**
 * The largest whole number not above a / b, of the operands' own type: floorDiv(-7, 2) is -4, and
 * a = b floorDiv(a, b) + mod(a, b). Integers give 0 where b is 0. No gradient.
 */
export const floorDiv: BinaryFunction<"floorDiv"> = binary("floorDiv", (a, b) =>
  isFloat(a.dtype) ? floatFloorDiv(a, b) : prims.div(a, b),
);
/**
 * a to the power b, as IEEE 754 has it: 1 to any power is 1, any number to the power 0 too, NaN
 * included; of a negative number to a fraction NaN. A JavaScript number as b multiplies
 * out where a is whole, or where b is 2 or 3.
 */
export const pow: BinaryFunction<"pow"> = power as BinaryFunction<"pow">;
/**
 * The exact remainder of a / b, of the sign of b, as Python and NumPy have it: mod(-1, 3) is 2. Where b
 * is 0, floats give NaN and integers a, since their quotient is 0.
 */
export const mod: BinaryFunction<"mod"> = binary("mod", (a, b) =>
  isFloat(a.dtype) ? prims.mod(a, b) : prims.sub(a, prims.mul(b, prims.div(a, b))),
);
/** The larger of each pair, NaN where either is; -0 is less than 0. A tie passes the gradient to b. */
export const maximum: BinaryFunction<"maximum"> = binary("maximum", (a, b) => prims.max(a, b));
/** The smaller of each pair, NaN where either is; -0 is less than 0. A tie passes the gradient to b. */
export const minimum: BinaryFunction<"minimum"> = binary("minimum", (a, b) => prims.min(a, b));

/** -x. */
export const neg: UnaryFunction = unary("neg", (x) => prims.neg(x));
/** e to the power x, of floats. @throws DTypeError for integers and bool */
export const exp: UnaryFunction = unary("exp", (x) => prims.exp(x));
/** exp(x) - 1, exact to the last digits near 0, of floats. @throws DTypeError for integers and bool */
export const expm1: UnaryFunction = unary("expm1", (x) => prims.expm1(x));
/**
 * The natural logarithm, of floats: -infinity at 0, NaN below.
 * @throws DTypeError for integers and bool
 */
export const log: UnaryFunction = unary("log", (x) => prims.log(x));
/** log(1 + x), exact to the last digits near 0, of floats. @throws DTypeError for integers and bool */
export const log1p: UnaryFunction = unary("log1p", (x) => prims.log1p(x));
/** The square root, of floats: NaN below 0. @throws DTypeError for integers and bool */
export const sqrt: UnaryFunction = unary("sqrt", (x) => prims.sqrt(x));
/** The sine of x in radians, of floats. @throws DTypeError for integers and bool */
export const sin: UnaryFunction = unary("sin", (x) => prims.sin(x));
/** The cosine of x in radians, of floats. @throws DTypeError for integers and bool */
export const cos: UnaryFunction = unary("cos", (x) => prims.cos(x));
/** The hyperbolic tangent, between -1 and 1, of floats. @throws DTypeError for integers and bool */
export const tanh: UnaryFunction = unary("tanh", (x) => prims.tanh(x));
/** The logistic function 1 / (1 + exp(-x)). */
export const sigmoid: UnaryFunction = unary("sigmoid", (x) => prims.sigmoid(x));
/**
 * The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x, of floats.
 * @throws DTypeError for integers and bool
 */
export const erf: UnaryFunction = unary("erf", (x) => prims.erf(x));
/**
 * The largest whole number not above x, as a float; no gradient.
 * @throws DTypeError for integers and bool
 */
export const floor: UnaryFunction = unary("floor", (x) => prims.floor(x));
/**
 * The smallest whole number not below x, as a float; no gradient.
 * @throws DTypeError for integers and bool
 */
export const ceil: UnaryFunction = unary("ceil", (x) => prims.neg(prims.floor(prims.neg(x))));
/** To the nearest whole number, halves to the even one; the sign stays, so that round(-0.2) is -0. */
export const round: UnaryFunction = unary("round", (x) => prims.round(x));
/** x * x. */
export const square: UnaryFunction = unary("square", (x) => prims.mul(x, x));
/** max(0, x); its slope at 0 is 0. */
export const relu: UnaryFunction = unary("relu", (x) => maximum(x, 0));
/** -1, 0 or 1, of zeros the zero itself, and NaN for NaN; no gradient. */
export const sign: UnaryFunction = unary("sign", (x) => {
  const below = x.dtype === "uint8" ? x : where(less(x, 0), -1, x);
  return prims.stopGradient(where(greater(x, 0), 1, below));
});
/** |x|; its slope at 0 is 0. */
export const abs: UnaryFunction = unary("abs", (x) => prims.mul(x, sign(x)));
/** The identity, seen as a constant by every derivative. */
export const stopGradient: UnaryFunction = unary("stopGradient", (x) => prims.stopGradient(x));

const checkCast = signature<typeof cast>("cast(x, dtype)", tensorKind, dtypeKind);

/** Another element type: to integers towards zero and clamped, to bool by "is not zero". */
export function cast<S extends Shape>(x: Tensor<S>, dtype: DType): Tensor<S> {
  checkCast(arguments);
  checkDType(dtype);
  return x.dtype === dtype ? x.read() : prims.cast(x, { dtype });
}

const bound = worded("a number, or null for no bound", either(number, oneOf(null)));
const checkClip = signature<typeof clip>("clip(x, low, high)", tensorKind, bound, bound);

/** x cut to [low, high]; null leaves one side open. @throws ArgumentError for NaN, or low > high */
export function clip<S extends Shape>(
  x: Tensor<S>,
  low: number | null,
  high: number | null,
): Tensor<S> {
  checkClip(arguments);
  if (Number.isNaN(low) || Number.isNaN(high) || (low ?? -Infinity) > (high ?? Infinity)) {
    throw new ArgumentError(`clip: expected low <= high, received low ${low} and high ${high}`);
  }
  const above = low === null ? x.read() : maximum(x, low);
  return high === null ? above : minimum(above, high);
}

const checkPow = signature<typeof power>("pow(a, b)", operandKind, operandKind);

// Only a JavaScript number multiplies out: what a tensor holds is not known while tracing, and a
// compiled function must give the bits of an eager one.
function power(a: TensorOrNumber, b: TensorOrNumber): Tensor {
  checkPow(arguments);
  if (a instanceof Tensor && typeof b === "number") {
    if (isInteger(a.dtype)) return integerPower(a, b);
    if (b === 2) return prims.mul(a, a);
    if (b === 3) return prims.mul(prims.mul(a, a), a);
  }
  return prims.pow(...pair("pow", a, b));
}

/** By squaring: a^13 = a^8 a^4 a. */
function integerPower(a: Tensor, b: number): Tensor {
  if (!Number.isInteger(b) || b < 0) {
    throw new ArgumentError(
      `pow: expected a whole power >= 0 of ${a.dtype}, received ${b}. Convert it with cast().`,
    );
  }
  let result: Tensor | undefined;
  let squared = a.read();
  for (let rest = b; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result ? prims.mul(result, squared) : squared;
    if (rest > 1) squared = prims.mul(squared, squared);
  }
  return result ?? broadcastTo(numberLike("pow", 1, a), a.type.shape);
}

/** From the exact remainder m: (a - m) / b is whole but for rounding, where a / b may round up to whole. */
function floatFloorDiv(a: Tensor, b: Tensor): Tensor {
  const m = prims.mod(a, b);
  const whole = prims.round(prims.div(prims.sub(a, m), b));
  // m = b means that a is small beside b, which may be infinite, and of the other sign.
  const below = where(prims.eq(m, b), -1, whole);
  const exact = prims.div(a, b);
  const signed = where(equal(below, 0), mul(exact, 0), below); // 0 of the quotient's sign
  return prims.stopGradient(where(equal(b, 0), exact, signed));
}

function quotient(a: Tensor, b: Tensor): Tensor {
  if (isFloat(a.dtype)) return prims.div(a, b);
  throw new DTypeError(
    `div: expected float32 or float64, received ${a.dtype}, whose quotients need not be whole. ` +
      'Convert it with cast("float32"), or round down with floorDiv().',
  );
}
