// Jacobi's rotations of all pairs of columns, n/2 at once: a round-robin tournament (Golub & Van Loan, 8.5).

import { prims } from "../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { equal, greaterEqual, where } from "../comparison.ts";
import { abs, add, div, mul, neg, sqrt, square, sub } from "../elementwise.ts";
import { concat } from "../joining.ts";

/** More sweeps than any matrix was seen to need. */
export const MOST_SWEEPS = 30;

/** The distance from 1 to the next number. */
export function epsilonOf(x: Tensor): number {
  return x.dtype === "float32" ? 2 ** -23 : 2 ** -52;
}

export interface Rotation {
  readonly c: Tensor;
  readonly s: Tensor;
}

/** The smaller angle that makes [[alpha, gamma], [gamma, beta]] diagonal; none where gamma is 0. */
export function rotation(alpha: Tensor, beta: Tensor, gamma: Tensor): Rotation {
  const none = equal(gamma, 0);
  const zeta = div(sub(beta, alpha), mul(where(none, 1, gamma), 2));
  const size = div(1, add(abs(zeta), sqrt(add(square(zeta), 1))));
  const t = where(none, 0, where(greaterEqual(zeta, 0), size, neg(size)));
  const c = div(1, sqrt(add(square(t), 1)));
  return { c, s: mul(t, c) };
}

/** Elements from..to of an axis. */
export function segment(x: Tensor, axis: number, from: number, to: number): Tensor {
  const { shape } = x.type;
  return prims.slice(x, {
    start: shape.map((_, i) => (i === axis ? from : 0)),
    end: shape.map((length, i) => (i === axis ? to : length)),
    step: shape.map(() => 1),
  });
}

/**
 * Line i of the first half of an axis with line i of the second, turned by angle i; then all but the first
 * line move on by a place, so that after one round less than there are lines each has met each other once,
 * and all are where they were. x [stack, …, …], angles [stack, lines / 2].
 */
export function rotate(x: Tensor, axis: 1 | 2, { c, s }: Rotation): Tensor {
  const [stack, m] = c.type.shape as [number, number];
  const along = (angle: Tensor) =>
    prims.reshape(angle, { shape: axis === 1 ? [stack, m, 1] : [stack, 1, m] });
  const [first, second] = [segment(x, axis, 0, m), segment(x, axis, m, 2 * m)];
  const [cos, sin] = [along(c), along(s)];
  const a = sub(mul(cos, first), mul(sin, second));
  const b = add(mul(sin, first), mul(cos, second));
  if (m === 1) return concat([a, b], axis);
  const rest = m > 2 ? [segment(a, axis, 1, m - 1)] : [];
  const places = [segment(a, axis, 0, 1), segment(b, axis, 0, 1), ...rest, segment(b, axis, 1, m)];
  return concat([...places, segment(a, axis, m - 1, m)], axis);
}
