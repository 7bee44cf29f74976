// Singular values and vectors.

import { signature } from "../../checks/signature.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { whileLoop } from "../../runtime/loops/while.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { QrShapes, Shape } from "../../shapes/index.ts";
import { equal, greater, less, logicalAnd, where } from "../comparison.ts";
import { full, onesLike, zeros } from "../create.ts";
import { abs, add, div, mul, sqrt, square, sub } from "../elementwise.ts";
import { gatherRows } from "../gather.ts";
import { pad } from "../joining.ts";
import { matmul } from "../linear.ts";
import { diagonal } from "../matrices/triangles.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { any, max, sum } from "../reduce.ts";
import { columnsAt } from "./eigh.ts";
import { epsilonOf, MOST_SWEEPS, rotate, rotation, segment } from "./jacobi.ts";
import { reflections } from "./qr.ts";
import { withTangents } from "./rule.ts";
import { expectMatrix, merged, parted, turned, unitRows } from "./stacks.ts";

interface Turned {
  /** Columns on their way to being orthogonal [stack, n, 2 m], and what they were turned by. */
  readonly w: Tensor;
  readonly v: Tensor;
}

/** One round of m pairs; with the largest cosine between two of them, [stack]. */
function round({ w, v }: Turned): [Turned, Tensor] {
  const m = w.type.shape[2]! / 2;
  const [first, second] = [segment(w, 2, 0, m), segment(w, 2, m, 2 * m)];
  const [alpha, beta] = [sum(square(first), 1), sum(square(second), 1)];
  const gamma = sum(mul(first, second), 1);
  const lengths = mul(sqrt(alpha), sqrt(beta));
  const cosine = where(equal(gamma, 0), 0, div(abs(gamma), where(equal(lengths, 0), 1, lengths)));
  const angles = rotation(alpha, beta, gamma);
  return [{ w: rotate(w, 2, angles), v: rotate(v, 2, angles) }, max(cosine, 1)];
}

/**
 * Of A [stack, m, n] with m >= n: A = Q R, then Jacobi's rotations make the columns of R orthogonal: R V = U S
 * (Golub & Van Loan, 8.6.3). U comes from reflections again, so that it is orthogonal where values are zero.
 */
function decompose(matrix: Tensor): [u: Tensor, s: Tensor, v: Tensor] {
  const [stack, , n] = matrix.type.shape as [number, number, number];
  const lines = n + (n % 2);
  const largest = max(abs(matrix), [1, 2], true);
  const scale = where(equal(largest, 0), 1, largest);
  const [q, r] = reflections(div(matrix, scale));
  const tolerance = epsilonOf(matrix) * n;
  const wide = (x: Tensor, rows: number) =>
    pad(x, [
      [0, 0],
      [0, rows - x.type.shape[1]!],
      [0, lines - n],
    ]);
  const one = unitRows(lines, matrix.dtype as "float32");
  const turnedBy = whileLoop(
    ({ cosine, sweeps }) =>
      logicalAnd(any(greater(cosine, tolerance)), less(sweeps, MOST_SWEEPS)) as Tensor<[]>,
    ({ w, v, sweeps }) => {
      const step = (before: Turned): [Turned, Tensor] => round(before);
      const [after, cosines] = scan(step, { w, v }, null, { length: lines - 1 });
      return { ...after, cosine: max(cosines as Tensor, 0), sweeps: add(sweeps, 1) };
    },
    {
      w: wide(r, n),
      v: broadcastTo(one, [stack, lines, lines]),
      cosine: full([stack], 1, matrix.dtype as "float32") as Tensor,
      sweeps: zeros([], "int32") as Tensor,
    },
  );
  const w = segment(turnedBy.w, 2, 0, n);
  const v = segment(segment(turnedBy.v, 1, 0, n), 2, 0, n);
  const lengths = sqrt(sum(square(w), 1));
  const order = prims.argsort(lengths, { axis: 1, descending: true });
  const [inner, triangle] = reflections(columnsAt(w, order));
  const ends = diagonal(triangle);
  const signs = where(less(ends, 0), -1, onesLike(ends));
  const u = mul(inner, prims.reshape(signs, { shape: [stack, 1, n] }));
  const s = gatherRows(lengths, order, 1, (flat) => flat);
  const sizes = mul(s, prims.reshape(scale, { shape: [stack, 1] }));
  return [matmul(q, u), sizes, columnsAt(v, order)];
}

const decomposed = withTangents(
  "svd",
  (a) => decompose(a!),
  // With P = U^T dA V: ds = diag(P), dU = U (F * (P S + S P^T)) + (I - U U^T) dA V / S,
  // dV = V (F * (S P + P^T S)), F_ij = 1 / (s_j^2 - s_i^2), 0 where these are equal.
  (_, [u, s, v], [da]) => {
    const [stack, n] = s!.type.shape as [number, number];
    const [rows, columns] = [
      prims.reshape(s!, { shape: [stack, n, 1] }),
      prims.reshape(s!, { shape: [stack, 1, n] }),
    ];
    const along = matmul(da!, v!);
    const p = matmul(turned(u!), along);
    const gaps = mul(sub(columns, rows), add(columns, rows));
    const same = equal(gaps, 0);
    const f = where(same, 0, div(1, where(same, 1, gaps)));
    const [ps, sp] = [mul(p, columns), mul(p, rows)];
    const inside = matmul(u!, mul(f, add(ps, turned(ps))));
    const outside = div(sub(along, matmul(u!, p)), where(equal(columns, 0), 1, columns));
    return [add(inside, outside), diagonal(p), matmul(v!, mul(f, add(sp, turned(sp))))];
  },
);

/** U [stack, m, k], the values [stack, k] in descending order, V [stack, n, k]. */
export function decomposeStack(a: Tensor): [u: Tensor, s: Tensor, v: Tensor] {
  const [, m, n] = a.type.shape as [number, number, number];
  if (m >= n) return decomposed(a) as [Tensor, Tensor, Tensor];
  const [v, s, u] = decomposed(turned(a)) as [Tensor, Tensor, Tensor];
  return [u, s, v];
}

const checkSvd = signature<typeof svd>("svd(a)", tensorKind);

/**
 * a = u diag(s) vh with orthonormal columns of u [..., m, k] and rows of vh [..., k, n], k = min(m, n), and singular
 * values s [..., k] in descending order: NumPy's with `full_matrices=False`. Signs of vectors are free. By Jacobi's
 * rotations; derivatives as in Giles 2008, 3.2 and Townsend 2016; between equal values vectors have
 * none, and 0 is taken for it.
 * @throws ShapeError for less than two axes
 */
export function svd<S extends Shape>(
  a: Tensor<S>,
): {
  readonly u: Tensor<QrShapes<S>["q"]>;
  readonly s: Tensor<QrShapes<S>["values"]>;
  readonly vh: Tensor<QrShapes<S>["r"]>;
} {
  checkSvd(arguments);
  const { lead } = expectMatrix("svd", a);
  const [u, s, v] = decomposeStack(merged(a));
  return { u: parted(u, lead), s: parted(s, lead), vh: parted(turned(v), lead) };
}
