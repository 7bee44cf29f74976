// Ops that fold along axes: sums and maxima.

import { ArgumentError } from "../../checks/errors.ts";
import { otherAxes, showShape, sizeOf, stridesOf, withoutAxes } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
import { copyStrided } from "../arithmetic/strided.ts";
import {
  exactly,
  expectAxes,
  expectDType,
  integerSample,
  type NdArray,
  NUMBERS,
  type Op,
  uniformSample,
} from "../define.ts";
import { fillZeros } from "../fill.ts";
import { behindBatch } from "./batching.ts";

/** The total over the given axes, which vanish. Adds in row-major order. */
export const sum: Op<"sum"> = {
  name: "sum",
  type: ([x], { axes }) => reduced("sum", x, axes),
  jvp: (o, _x, [dx], { params }) => dx && o.sum(dx, params),
  // Adding up transposes to copying.
  transpose: (o, [ct], [x], { params: { axes } }) => {
    if (!ct) return [null];
    const kept = x.type.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
    return [o.expand(o.reshape(ct, { shape: kept }), { shape: x.type.shape })];
  },
  batch: (o, [x], { params }) => o.sum(x, { axes: behindBatch(params.axes) }),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params: { axes } }) => fold(x, out!, axes, 0, (a, b) => a + b),
  },
  samples: () => [
    { inputs: [uniformSample([2, 3, 4])], params: { axes: [0, 2] } },
    { inputs: [uniformSample([2, 3])], params: { axes: [] } },
    { inputs: [uniformSample([2, 3, 4])], params: { axes: [2, 0] } },
    { inputs: [uniformSample([2, 3])], params: { axes: [0, 1] } },
    { inputs: [uniformSample([0, 3])], params: { axes: [0] } },
    { inputs: [uniformSample([0, 3])], params: { axes: [1] } },
    { inputs: [uniformSample([2, 0, 3])], params: { axes: [0, 1] } },
    { inputs: [uniformSample([])], params: { axes: [] } },
    { inputs: [integerSample([4, 2], -9, 9)], params: { axes: [0] } },
  ],
};

/** The largest element over the given axes, which vanish; NaN if there is one. */
export const reduceMax: Op<"reduceMax"> = {
  name: "reduceMax",
  type: ([x], { axes }) => {
    const type = reduced("max", x, axes);
    if (axes.some((axis) => x.shape[axis] === 0)) {
      throw new ArgumentError(`max: ${showShape(x.shape)} has no elements along axes ${axes}`);
    }
    return type;
  },
  // The tangent of the first maximum: put the axes last as one, compare places with argmax.
  jvp: (o, [x], [dx], { params }) => {
    if (!dx) return null;
    const axes = [...params.axes].sort((a, b) => a - b);
    const kept = otherAxes(x.type.shape.length, axes);
    const shape = kept.map((axis) => x.type.shape[axis]!);
    const length = sizeOf(axes.map((axis) => x.type.shape[axis]!));
    const rows = (v: typeof x) =>
      o.reshape(o.transpose(v, { perm: [...kept, ...axes] }), { shape: [...shape, length] });
    const first = o.argmax(rows(x), { axis: kept.length });
    const places = o.reshape(o.iota({ length, dtype: "int32" }), {
      shape: [...shape.map(() => 1), length],
    });
    const wide = { shape: [...shape, length] };
    const here = o.eq(
      o.expand(places, wide),
      o.expand(o.reshape(first, { shape: [...shape, 1] }), wide),
    );
    const taken = o.where(here, rows(dx), fillZeros(o, { dtype: dx.type.dtype, ...wide }));
    return o.sum(taken, { axes: [kept.length] });
  },
  batch: (o, [x], { params }) => o.reduceMax(x, { axes: behindBatch(params.axes) }),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params: { axes } }) => fold(x, out!, axes, -Infinity, Math.max),
  },
  samples: () => [
    { inputs: [uniformSample([2, 3, 4])], params: { axes: [0, 2] } },
    { inputs: [uniformSample([2, 3, 4])], params: { axes: [2, 0] } },
    { inputs: [uniformSample([0, 3])], params: { axes: [1] } },
    { inputs: [uniformSample([2, 3])], params: { axes: [] } },
    { inputs: [exactly([4], [1, 3, 3, 2])], params: { axes: [0] }, differentiable: false },
    {
      inputs: [exactly([2, 2], [1, 3, 3, 2])],
      params: { axes: [1, 0] },
      differentiable: false,
    },
    { inputs: [integerSample([3, 4], -9, 9)], params: { axes: [1] } },
  ],
};

function reduced(op: string, x: TensorType, axes: readonly number[]): TensorType {
  expectDType(op, x, NUMBERS);
  expectAxes(op, x.shape, axes);
  return { dtype: x.dtype, shape: withoutAxes(x.shape, axes) };
}

/** Combines all elements that agree outside `axes`, in row-major order, in double precision. */
function fold(
  x: NdArray,
  out: NdArray,
  axes: readonly number[],
  start: number,
  combine: (total: number, element: number) => number,
): void {
  const kept = otherAxes(x.shape.length, axes);
  const inner = sizeOf(axes.map((axis) => x.shape[axis]!));
  const rows = rowsOf(x, kept, axes, inner);
  for (let i = 0; i < out.data.length; i++) {
    let total = start;
    for (let j = 0; j < inner; j++) total = combine(total, rows[i * inner + j]!);
    out.data[i] = total;
  }
}

/** The elements of x with the axes to combine moved last. */
function rowsOf(x: NdArray, kept: number[], axes: readonly number[], inner: number) {
  const perm = [...kept, ...[...axes].sort((a, b) => a - b)];
  if (perm.every((axis, i) => axis === i)) return x.data;
  const strides = stridesOf(x.shape);
  const shape = perm.map((axis) => x.shape[axis]!);
  const rows = x.data.slice();
  copyStrided(
    shape,
    { data: x.data, offset: 0, strides: perm.map((axis) => strides[axis]!) },
    { data: rows, offset: 0, strides: stridesOf(shape) },
  );
  return inner === 0 ? x.data : rows;
}
