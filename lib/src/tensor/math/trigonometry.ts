// Tangents, inverse and hyperbolic functions, logarithms of other bases: of floats, in radians.

import { FLOATS } from "../../ops/define.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { type BinaryFunction, binary, type UnaryFunction, unary } from "../operands/operands.ts";

/** The tangent of x. @throws DTypeError for integers and bool */
export const tan: UnaryFunction = unary("tan", (x) => prims.tan(x));
/** The angle in [-pi/2, pi/2] whose sine is x; NaN outside [-1, 1]. @throws DTypeError for integers and bool */
export const asin: UnaryFunction = unary("asin", (x) => prims.asin(x));
/** The angle in [0, pi] whose cosine is x; NaN outside [-1, 1]. @throws DTypeError for integers and bool */
export const acos: UnaryFunction = unary("acos", (x) => prims.acos(x));
/** The angle in [-pi/2, pi/2] whose tangent is x. @throws DTypeError for integers and bool */
export const atan: UnaryFunction = unary("atan", (x) => prims.atan(x));
/**
 * The angle of the point (x, y) in [-pi, pi]: atan(y / x) in the right quadrant. Of the origin it is 0,
 * or pi where x is -0, with the sign of y, and its slopes are NaN there.
 * @throws ShapeError where shapes do not broadcast, DTypeError for integers and bool
 */
export const atan2: BinaryFunction<"atan2"> = binary("atan2", (y, x) => prims.atan2(y, x), FLOATS);
/** The hyperbolic sine, (e^x - e^-x) / 2. @throws DTypeError for integers and bool */
export const sinh: UnaryFunction = unary("sinh", (x) => prims.sinh(x));
/** The hyperbolic cosine, (e^x + e^-x) / 2. @throws DTypeError for integers and bool */
export const cosh: UnaryFunction = unary("cosh", (x) => prims.cosh(x));
/** The number whose hyperbolic sine is x. @throws DTypeError for integers and bool */
export const asinh: UnaryFunction = unary("asinh", (x) => prims.asinh(x));
/** The number >= 0 whose hyperbolic cosine is x; NaN below 1. @throws DTypeError for integers and bool */
export const acosh: UnaryFunction = unary("acosh", (x) => prims.acosh(x));
/**
 * The number whose hyperbolic tangent is x: infinite at 1 and -1, NaN beyond.
 * @throws DTypeError for integers and bool
 */
export const atanh: UnaryFunction = unary("atanh", (x) => prims.atanh(x));
/** The logarithm to base 2: -infinity at 0, NaN below. @throws DTypeError for integers and bool */
export const log2: UnaryFunction = unary("log2", (x) => prims.log2(x));
/** The logarithm to base 10: -infinity at 0, NaN below. @throws DTypeError for integers and bool */
export const log10: UnaryFunction = unary("log10", (x) => prims.log10(x));
