// Matrix products, over leading axes that agree.

import { DTypeError, ShapeError } from "../ir/errors.ts";
import type { Value } from "../ir/graph.ts";
import type { Builder } from "../ir/op-table.ts";
import { sameShape, showShape } from "../ir/shape.ts";
import { addScaled } from "./accumulate.ts";
import { allBatched, splitBatch } from "./batching.ts";
import { expectDType, integers, type NdArray, NUMBERS, type Op, plus, uniform } from "./define.ts";

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
  jvp: (o, [a, b], [da, db]) => plus(o, da && o.matmul(da, b), db && o.matmul(a, db)),
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
    { inputs: [uniform([3, 4]), uniform([4, 5])], params: null },
    { inputs: [uniform([2, 3, 4]), uniform([2, 4, 2])], params: null },
    { inputs: [uniform([2, 0]), uniform([0, 3])], params: null },
    { inputs: [integers([2, 3], -9, 9), integers([3, 2], -9, 9)], params: null },
  ],
};

/** The last two axes exchanged. */
function swapLast(o: Builder<Value>, x: Value): Value {
  const rank = x.type.shape.length;
  const perm = x.type.shape.map((_, axis) => axis);
  return o.transpose(x, { perm: [...perm.slice(0, -2), rank - 1, rank - 2] });
}

/** Sequential over k for each element, row by row so that both matrices are read in order. */
function multiply(a: NdArray, b: NdArray, out: NdArray): void {
  const [m, k] = a.shape.slice(-2) as [number, number];
  const n = b.shape.at(-1)!;
  const total = new Float64Array(n);
  const batches = a.shape.slice(0, -2).reduce((size, dim) => size * dim, 1);
  for (let batch = 0; batch < batches; batch++) {
    const right = batch * k * n;
    for (let i = 0; i < m; i++) {
      const row = batch * m + i;
      total.fill(0);
      for (let p = 0; p < k; p++) {
        const x = a.data[row * k + p]!;
        addScaled(total, 0, x, b.data, right + p * n, n);
      }
      out.data.set(total, row * n);
    }
  }
}
