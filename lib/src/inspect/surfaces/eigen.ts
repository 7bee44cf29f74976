// Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations.

import { expectArgument, type Kind } from "../../checks/arguments.ts";

/** Eigenvalues from the least to the largest, and for each its eigenvector, of length 1. */
export interface Eigen {
  readonly values: readonly number[];
  readonly vectors: readonly (readonly number[])[];
}

const SYMMETRIC: Kind = {
  says: "a symmetric matrix of finite numbers, a list of its rows",
  fits: (value) =>
    Array.isArray(value) &&
    value.every(
      (row, i) =>
        Array.isArray(row) &&
        row.length === value.length &&
        row.every((x, j) => Number.isFinite(x) && isNear(x, value[j]?.[i])),
    ),
};

/** The same but for rounding. */
function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1e-300, Math.abs(a), Math.abs(b)) + 1e-12;
}

const MOST_SWEEPS = 60;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix (Jacobi 1846; Golub and Van Loan, section 8.5).
 * Takes time of the third power of its size: for some hundred rows at most.
 * @param matrix its rows
 * @throws ArgumentError for a matrix that is not symmetric or not finite
 */
export function eigenOf(matrix: readonly (readonly number[])[]): Eigen {
  expectArgument("eigenOf", "matrix", matrix, SYMMETRIC);
  const n = matrix.length;
  const a = matrix.map((row, i) => row.map((x, j) => (x + matrix[j]![i]!) / 2));
  const v = matrix.map((_, i) => matrix.map((__, j) => (i === j ? 1 : 0)));
  const size = Math.sqrt(squares(a, () => true));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const off = Math.sqrt(squares(a, (i, j) => j > i));
    if (off <= 1e-15 * size) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, p, q);
  }
  const order = a.map((_, i) => i).sort((i, j) => a[i]![i]! - a[j]![j]!);
  return {
    values: order.map((i) => a[i]![i]!),
    vectors: order.map((i) => v.map((row) => row[i]!)),
  };
}

function squares(a: readonly (readonly number[])[], counts: (i: number, j: number) => boolean) {
  let sum = 0;
  a.forEach((row, i) => {
    row.forEach((x, j) => {
      if (counts(i, j)) sum += x * x;
    });
  });
  return sum;
}

/** Turns rows and columns p and q so that a[p][q] becomes 0; the columns of v turn along. */
function rotate(a: number[][], v: number[][], p: number, q: number): void {
  const apq = a[p]![q]!;
  if (apq === 0) return;
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of a) turn(row, row, p, q, c, s);
  const [rowP, rowQ] = [a[p]!, a[q]!];
  for (let j = 0; j < a.length; j++) {
    const [x, y] = [rowP[j]!, rowQ[j]!];
    rowP[j] = c * x - s * y;
    rowQ[j] = s * x + c * y;
  }
  for (const row of v) turn(row, row, p, q, c, s);
}

function turn(from: number[], to: number[], p: number, q: number, c: number, s: number): void {
  const [x, y] = [from[p]!, from[q]!];
  to[p] = c * x - s * y;
  to[q] = s * x + c * y;
}
