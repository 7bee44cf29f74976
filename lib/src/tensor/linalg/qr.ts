// A = Q R by Householder reflections.

import { signature } from "../../checks/signature.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { QrShapes, Shape } from "../../shapes/index.ts";
import { equal, greaterEqual, where } from "../comparison.ts";
import { abs, add, div, maximum, mul, neg, sqrt, square, sub } from "../elementwise.ts";
import { matmul } from "../linear.ts";
import { tril, triu } from "../matrices/triangles.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { max, sum } from "../reduce.ts";
import { withTangents } from "./rule.ts";
import { expectMatrix, merged, parted, suffixes, turned, unitRows } from "./stacks.ts";
import { substitute } from "./triangular.ts";

interface Reflection {
  /** [stack, m] */
  readonly v: Tensor;
  /** [stack, 1]; 0 for none. */
  readonly tau: Tensor;
}

/** x - tau v (v^T x). */
function reflected(x: Tensor, { v, tau }: Reflection): Tensor {
  const [stack, m] = v.type.shape as [number, number];
  const along = matmul(prims.reshape(v, { shape: [stack, 1, m] }), x); // [stack, 1, n]
  return sub(x, mul(prims.reshape(mul(v, tau), { shape: [stack, m, 1] }), along));
}

/**
 * Q [stack, m, k] and R [stack, k, n], k the smaller of m and n (Golub & Van Loan, 5.2.2); with LAPACK's
 * signs: a column that is zero below the diagonal is left alone.
 */
export function reflections(a: Tensor): [q: Tensor, r: Tensor] {
  const [stack, m, n] = a.type.shape as [number, number, number];
  const k = Math.min(m, n);
  const dtype = a.dtype as "float32";
  const step = (
    r: Tensor,
    s: { place: Tensor; row: Tensor; behind: Tensor },
  ): [Tensor, Reflection] => {
    const column = sum(mul(r, s.place), -1); // [stack, m]
    const head = sum(mul(column, s.row), -1, true); // [stack, 1]
    const below = mul(column, s.behind);
    // Scaled by its largest element, so that squares stay in range.
    const size = max(abs(below), -1, true);
    const isZero = equal(size, 0);
    const scale = maximum(where(isZero, 1, size), abs(head));
    const length = mul(
      scale,
      sqrt(add(square(div(head, scale)), sum(square(div(below, scale)), -1, true))),
    );
    const end = where(greaterEqual(head, 0), neg(length), length);
    const first = where(isZero, 1, sub(head, end));
    const v = add(div(below, first), s.row);
    const tau = where(isZero, 0, div(sub(end, head), where(isZero, 1, end)));
    return [reflected(r, { v, tau }), { v, tau }];
  };
  const steps = {
    place: unitRows(k, dtype, n),
    row: unitRows(k, dtype, m),
    behind: suffixes(k, dtype, true, m),
  };
  const [end, all] = scan(step, a, steps);
  const back = (q: Tensor, reflection: Reflection): [Tensor, null] => [
    reflected(q, reflection),
    null,
  ];
  const q = scan(back, broadcastTo(unitRows(m, dtype, k), [stack, m, k]), all, {
    reverse: true,
  })[0];
  const top = prims.slice(end, { start: [0, 0, 0], end: [stack, k, n], step: [1, 1, 1] });
  return [q, triu(top)];
}

const factored = withTangents(
  "qr",
  (a) => reflections(a!),
  // With C = Q^T dA R^-1 and W = tril(C, -1) - tril(C, -1)^T: dQ = dA R^-1 - Q C + Q W, dR = (C - W) R.
  (_, [q, r], [da]) => {
    const right = turned(substitute(turned(r!), turned(da!), true)); // dA R^-1
    const c = matmul(turned(q!), right);
    const low = tril(c, -1);
    const w = sub(low, turned(low));
    const dq = add(sub(right, matmul(q!, c)), matmul(q!, w));
    return [dq, matmul(sub(c, w), r!)];
  },
);

const checkQr = signature<typeof qr>("qr(a)", tensorKind);

/**
 * Q with orthonormal columns [..., m, k] and upper triangular R [..., k, n] with a = Q R, k = min(m, n): what
 * NumPy gives by default, with its signs. The derivative needs full rank: in closed form where m >= n (Walter &
 * Lehmann 2010), else through the reflections.
 * @throws ShapeError for less than two axes
 */
export function qr<S extends Shape>(
  a: Tensor<S>,
): { readonly q: Tensor<QrShapes<S>["q"]>; readonly r: Tensor<QrShapes<S>["r"]> } {
  checkQr(arguments);
  const { lead, m, n } = expectMatrix("qr", a);
  const stack = merged(a);
  // The rule is of tall matrices; of wide ones the reflections themselves are differentiated.
  const [q, r] = (m < n ? reflections(stack) : factored(stack)) as [Tensor, Tensor];
  return { q: parted(q, lead), r: parted(r, lead) };
}
