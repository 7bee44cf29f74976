// Matrix products, over leading axes that agree.

import { DTypeError, ShapeError } from "../../checks/errors.ts";
import { type DataArray, isFloat } from "../../ir/dtype.ts";
import type { Value } from "../../ir/graph.ts";
import type { Builder } from "../../ir/op-table.ts";
import { sameShape, showShape } from "../../ir/shape.ts";
import { addScaled } from "../arithmetic/accumulate.ts";
import {
  addTangents,
  expectDType,
  integerSample,
  type NdArray,
  NUMBERS,
  type Op,
  uniformSample,
} from "../define.ts";
import { allBatched, splitBatch } from "./batching.ts";

/** [..., m, k] times [..., k, n] is [..., m, n]; leading axes must agree. */
export const matmul: Op<"matmul"> = {
  name: "matmul",
  type: ([a, b]) => {
    expectDType("matmul", a, NUMBERS);
    const shapes = `${showShape(a.shape)} x ${showShape(b.shape)}`;
    if (a.dtype !== b.dtype) {
      throw new DTypeError(
        `matmul: element types differ: ${a.dtype} and ${b.dtype}. Convert one of them with cast().`,
      );
    }
    if (a.shape.length < 2 || b.shape.length < 2) {
      throw new ShapeError(`matmul: expected matrices, received ${shapes}`);
    }
    if (!sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2))) {
      throw new ShapeError(`matmul: leading axes differ: ${shapes}`);
    }
    if (a.shape.at(-1) !== b.shape.at(-2)) {
      throw new ShapeError(`matmul: inner dimensions differ: ${shapes}`);
    }
    return { dtype: a.dtype, shape: [...a.shape.slice(0, -1), b.shape.at(-1)!] };
  },
  // d(AB) = dA B + A dB
  jvp: (o, [a, b], [da, db]) => addTangents(o, da && o.matmul(da, b), db && o.matmul(a, db)),
  // <dA B, C> = <dA, C B^T> and <A dB, C> = <dB, A^T C>
  transpose: (o, [ct], [a, b], { linear }) => [
    ct && linear[0] ? o.matmul(ct, swapLast(o, b)) : null,
    ct && linear[1] ? o.matmul(swapLast(o, a), ct) : null,
  ],
  // Rows of a shared right matrix are one longer matrix.
  batch: (o, [a, b], context) => {
    if (context.batched[0] && !context.batched[1] && b.type.shape.length === 2) {
      const [size, m, k] = a.type.shape as [number, number, number];
      return splitBatch(o, o.matmul(o.reshape(a, { shape: [size * m, k] }), b), size, m);
    }
    const [left, right] = allBatched(o, [a, b], context);
    return o.matmul(left!, right!);
  },
  meaning: { kind: "array", eval: ([a, b], [out]) => multiply(a, b, out!) },
  samples: () => [
    { inputs: [uniformSample([3, 4]), uniformSample([4, 5])], params: null },
    { inputs: [uniformSample([2, 3, 4]), uniformSample([2, 4, 2])], params: null },
    { inputs: [uniformSample([2, 0]), uniformSample([0, 3])], params: null },
    { inputs: [integerSample([2, 3], -9, 9), integerSample([3, 2], -9, 9)], params: null },
  ],
};

/** The last two axes exchanged. */
function swapLast(o: Builder<Value>, x: Value): Value {
  const rank = x.type.shape.length;
  const perm = x.type.shape.map((_, axis) => axis);
  return o.transpose(x, { perm: [...perm.slice(0, -2), rank - 1, rank - 2] });
}

/** Sequential over k for each element: see `multiplyFloats` and `addScaled`. */
function multiply(a: NdArray, b: NdArray, out: NdArray): void {
  const shape = [...a.shape.slice(-2), b.shape.at(-1)!] as [number, number, number];
  const batches = a.shape.slice(0, -2).reduce((size, dim) => size * dim, 1);
  if (isFloat(out.dtype)) multiplyFloats(a, b, out, batches, shape);
  else multiplyIntegers(a, b, out, batches, shape);
}

function multiplyIntegers(
  a: NdArray,
  b: NdArray,
  out: NdArray,
  batches: number,
  [m, k, n]: readonly [number, number, number],
): void {
  const total = new Float64Array(n);
  for (let row = 0; row < batches * m; row++) {
    const right = Math.floor(row / m) * k * n;
    total.fill(0);
    for (let p = 0; p < k; p++) {
      addScaled(total, 0, a.data[row * k + p]!, b.data, right + p * n, n);
    }
    out.data.set(total, row * n);
  }
}

/** All floats become doubles first, which is exact, so that the loops below see one kind of array. */
function multiplyFloats(
  a: NdArray,
  b: NdArray,
  out: NdArray,
  batches: number,
  [m, k, n]: readonly [number, number, number],
): void {
  const [left, right, result] = [a.data, b.data, out.data].map(asDoubles) as Doubles;
  for (let i = 0; i < batches; i++) {
    multiplyOne(
      left.subarray(i * m * k, (i + 1) * m * k),
      right.subarray(i * k * n, (i + 1) * k * n),
      result.subarray(i * m * n, (i + 1) * m * n),
      [m, k, n],
    );
  }
  if (result !== out.data) out.data.set(result);
}

type Doubles = [left: Float64Array, right: Float64Array, result: Float64Array];

function asDoubles(data: DataArray): Float64Array {
  return data instanceof Float64Array ? data : new Float64Array(data);
}

/** One matrix product, row by row. */
function multiplyOne(
  left: Float64Array,
  right: Float64Array,
  result: Float64Array,
  [m, k, n]: readonly [number, number, number],
): void {
  // What a zero adds is 0 or -0 if the right matrix is finite; no total that starts at 0 notices.
  const skipZeros = allFinite(right);
  const factors = new Float64Array(k);
  const starts = new Int32Array(k); // where in `right` the row of each factor starts
  for (let i = 0; i < m; i++) {
    let count = 0;
    for (let p = 0; p < k; p++) {
      const factor = left[i * k + p]!;
      if (factor === 0 && skipZeros) continue;
      factors[count] = factor;
      starts[count++] = p * n;
    }
    sumRows(factors, starts, count, right, result.subarray(i * n, (i + 1) * n));
  }
}

/** The sum of `count` rows of `right` times their factors, four columns at a time. */
function sumRows(
  factors: Float64Array,
  starts: Int32Array,
  count: number,
  right: Float64Array,
  sum: Float64Array,
): void {
  const n = sum.length;
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    let t0 = 0;
    let t1 = 0;
    let t2 = 0;
    let t3 = 0;
    for (let c = 0; c < count; c++) {
      const factor = factors[c]!;
      const at = starts[c]! + j;
      t0 += factor * right[at]!;
      t1 += factor * right[at + 1]!;
      t2 += factor * right[at + 2]!;
      t3 += factor * right[at + 3]!;
    }
    sum[j] = t0;
    sum[j + 1] = t1;
    sum[j + 2] = t2;
    sum[j + 3] = t3;
  }
  for (; j < n; j++) {
    let total = 0;
    for (let c = 0; c < count; c++) total += factors[c]! * right[starts[c]! + j]!;
    sum[j] = total;
  }
}

function allFinite(data: Float64Array): boolean {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false;
  return true;
}
