// erf, by a rational function (as in Eigen), and functions without a vector form, lane by lane.

import type { OpName } from "../../../ir/op-table.ts";
import { call, f32x4, lane, op } from "../code/index.ts";
import { choose, div, mul, polynomial, type VectorFunction, withSign } from "./context.ts";

/** erf(x) = x P(x^2) / Q(x^2) for |x| <= 4, where it is 1 to the last bit. */
const P = [
  -2.72614225801306e-10, 2.77068142495902e-8, -2.10102402082508e-6, -5.69250639462346e-5,
  -7.34990630326855e-4, -2.95459980854025e-3, -1.60960333262415e-2,
];
const Q = [
  -1.45660718464996e-5, -2.13374055278905e-4, -1.68282697438203e-3, -7.37332916720468e-3,
  -1.42647390514189e-2,
];

export const erf: VectorFunction = (m, x) => {
  const { f, splat } = m;
  const inside = f.keep(op("f32x4.max", op("f32x4.min", x!, splat(4)), splat(-4)), "x");
  const square = f.keep(mul(inside, inside), "square");
  const ratio = div(mul(inside, polynomial(m, square, P)), polynomial(m, square, Q));
  const near = mul(inside, splat(2 / Math.sqrt(Math.PI)));
  const isNear = op("f32x4.lt", op("f32x4.abs", inside), splat(1e-8));
  const size = op("f32x4.abs", choose(isNear, near, ratio));
  return withSign(op("f32x4.min", size, splat(1)), x!);
};

/** The op's own definition, called for one lane after the other. */
export const byDefinition =
  (name: OpName): VectorFunction =>
  ({ imported }, ...operands) => {
    const target = imported(name, operands.length);
    return [0, 1, 2, 3].reduce((result, at) => {
      const wide = operands.map((x) => op("f64.promote_f32", lane("f32x4.extract_lane", at, x)));
      const value = op("f32.demote_f64", call(target, ...wide));
      return lane("f32x4.replace_lane", at, result, value);
    }, f32x4(0));
  };
