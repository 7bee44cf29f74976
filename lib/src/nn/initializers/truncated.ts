// The normal distribution cut at two standard deviations, drawn by inverting its distribution function.

import type { Tensor } from "../../runtime/values/tensor.ts";
import type { FloatDType } from "../../spec/parts.ts";
import { add, div, erf, exp, log1p, mul, neg, square, sub } from "../../tensor/elementwise.ts";
import { type Key, uniform } from "../../tensor/random.ts";

/** erf(sqrt 2): the probability of the kept part. */
const KEPT = 0.9544997361036416;

/** The standard deviation of N(0, 1) cut at -2 and 2. */
export const TRUNCATED_STD = 0.8796256610342398;

/** N(mean, std^2), the part within two standard deviations. */
export function drawTruncated(
  key: Key,
  shape: readonly number[],
  mean: number,
  std: number,
  dtype: FloatDType,
): Tensor {
  const p = uniform(key, shape, { low: -KEPT, high: KEPT, dtype });
  const scaled = mul(inverseErf(p), Math.SQRT2 * std);
  return mean === 0 ? scaled : add(scaled, mean);
}

/** Coefficients in w - 2.5 where w = -ln(1 - p^2) < 5 (Giles 2012), from the highest power. */
const GILES = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503,
  -0.00417768164, 0.246640727, 1.50140941,
];

/** The inverse of erf for |p| < 0.99: a polynomial good to float32, then one step of Newton. */
export function inverseErf(p: Tensor): Tensor {
  const w = sub(neg(log1p(neg(square(p)))), 2.5);
  const [first, second, ...rest] = GILES as [number, number, ...number[]];
  const start = add(mul(w, first), second);
  const polynomial = rest.reduce<Tensor>((sum, c) => add(mul(sum, w), c), start);
  const x = mul(p, polynomial);
  const slope = mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI));
  return sub(x, div(sub(erf(x), p), slope));
}
