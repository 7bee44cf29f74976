// erf on four floats: two polynomials, fitted for the smallest largest error (Lawson's method).

import { op } from "../code/index.ts";
import { add, choose, mul, polynomial, sub, type VectorFunction, withSign } from "./context.ts";
import { modestExp } from "./exponential.ts";

/** erf(x) = x + x P(x^2) below this, to 0.005 ulp. */
const MIDDLE = 0.9;
const NEAR = [
  8.51310434021e-5, -8.17563935953e-4, 5.20385916588e-3, -2.68605084653e-2, 1.12837150329e-1,
  -3.76126349798e-1, 1.28379166764e-1,
];
/** 1 - erf(x) = exp(-Q(x)) above, to 0.03 ulp of erf; from 4 on it is nothing beside 1. */
const FAR = [
  -1.97181364255e-4, 3.05560478662e-3, -2.22770792918e-2, 1.0403735012e-1, 6.37059757083e-1,
  1.1277495635, 1.77493789652e-4,
];
const END = 4;

export const erf: VectorFunction = (m, given) => {
  const { f, splat } = m;
  const x = given!;
  const square = f.keep(mul(x, x), "square");
  const near = add(x, mul(x, polynomial(m, square, NEAR)));
  const size = f.keep(op("f32x4.abs", x), "size");
  // pmin keeps a NaN that stands first.
  const inside = f.keep(op("f32x4.pmin", size, splat(END)), "inside");
  const power = f.keep(op("f32x4.neg", polynomial(m, inside, FAR)), "power");
  const far = withSign(m, sub(splat(1), modestExp(m, power)), x);
  return choose(op("f32x4.lt", size, splat(MIDDLE)), near, far);
};
