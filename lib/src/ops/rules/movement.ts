// Movement ops: the same numbers at other places. All are linear, and their transposes are each other.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { showShape, sizeOf, stridesOf } from "../../ir/shape.ts";
import { copyStrided, offsetOf } from "../arithmetic/strided.ts";
import { expectAxes, expectShape, type Op, uniformSample } from "../define.ts";
import { behindBatch } from "./batching.ts";

export const reshape: Op<"reshape"> = {
  name: "reshape",
  type: ([x], { shape }) => {
    if (sizeOf(x.shape) !== sizeOf(shape)) {
      throw new ShapeError(
        `reshape: ${showShape(x.shape)} has ${sizeOf(x.shape)} elements, ` +
          `${showShape(shape)} has ${sizeOf(shape)}`,
      );
    }
    expectShape("reshape", shape);
    return { dtype: x.dtype, shape };
  },
  jvp: (o, _x, [dx], { params }) => dx && o.reshape(dx, params),
  transpose: (o, [ct], [x]) => [ct && o.reshape(ct, { shape: x.type.shape })],
  batch: (o, [x], { params, size }) => o.reshape(x, { shape: [size, ...params.shape] }),
  meaning: { kind: "array", eval: ([x], [out]) => out!.data.set(x.data) },
  samples: () => [
    { inputs: [uniformSample([3, 4])], params: { shape: [2, 6] } },
    { inputs: [uniformSample([1, 1])], params: { shape: [] } },
    { inputs: [uniformSample([0, 3])], params: { shape: [2, 0, 5] } },
  ],
};

/** Axis i of the result is axis perm[i] of x. */
export const transpose: Op<"transpose"> = {
  name: "transpose",
  type: ([x], { perm }) => {
    const sorted = [...perm].sort((a, b) => a - b);
    if (perm.length !== x.shape.length || sorted.some((axis, i) => axis !== i)) {
      throw new ArgumentError(
        `transpose: ${showShape(perm)} is not a permutation of the axes of ${showShape(x.shape)}`,
      );
    }
    return { dtype: x.dtype, shape: perm.map((axis) => x.shape[axis]!) };
  },
  jvp: (o, _x, [dx], { params }) => dx && o.transpose(dx, params),
  transpose: (o, [ct], _x, { params }) => [
    ct && o.transpose(ct, { perm: params.perm.map((_, axis) => params.perm.indexOf(axis)) }),
  ],
  batch: (o, [x], { params }) => o.transpose(x, { perm: [0, ...behindBatch(params.perm)] }),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params }) => {
      const strides = stridesOf(x.shape);
      copyStrided(
        out!.shape,
        { data: x.data, offset: 0, strides: params.perm.map((axis) => strides[axis]!) },
        { data: out!.data, offset: 0, strides: stridesOf(out!.shape) },
      );
    },
  },
  samples: () => [
    { inputs: [uniformSample([2, 3, 4])], params: { perm: [2, 0, 1] } },
    { inputs: [uniformSample([])], params: { perm: [] } },
    { inputs: [uniformSample([2, 0, 3])], params: { perm: [1, 2, 0] } },
  ],
};

/** Copies axes of length 1 along the given lengths; the rank stays. */
export const expand: Op<"expand"> = {
  name: "expand",
  type: ([x], { shape }) => {
    const fits = x.shape.length === shape.length;
    if (!fits || x.shape.some((dim, axis) => dim !== 1 && dim !== shape[axis])) {
      throw new ShapeError(`expand: ${showShape(x.shape)} does not expand to ${showShape(shape)}`);
    }
    expectShape("expand", shape);
    return { dtype: x.dtype, shape };
  },
  jvp: (o, _x, [dx], { params }) => dx && o.expand(dx, params),
  // Copying transposes to adding up.
  transpose: (o, [ct], [x], { params }) => {
    if (!ct) return [null];
    const axes = params.shape.flatMap((dim, axis) => (dim !== x.type.shape[axis] ? [axis] : []));
    return [o.reshape(o.sum(ct, { axes }), { shape: x.type.shape })];
  },
  batch: (o, [x], { params, size }) => o.expand(x, { shape: [size, ...params.shape] }),
  meaning: {
    kind: "array",
    eval: ([x], [out]) => {
      if (x.data.length === 1) {
        out!.data.fill(x.data[0]!);
        return;
      }
      const strides = stridesOf(x.shape).map((stride, axis) => (x.shape[axis] === 1 ? 0 : stride));
      copyStrided(
        out!.shape,
        { data: x.data, offset: 0, strides },
        { data: out!.data, offset: 0, strides: stridesOf(out!.shape) },
      );
    },
  },
  samples: () => [
    { inputs: [uniformSample([3, 1, 4])], params: { shape: [3, 2, 4] } },
    { inputs: [uniformSample([1, 1])], params: { shape: [1, 3] } },
    { inputs: [uniformSample([1, 2])], params: { shape: [0, 2] } },
    { inputs: [uniformSample([])], params: { shape: [] } },
  ],
};

/** Each given axis back to front. */
export const flip: Op<"flip"> = {
  name: "flip",
  type: ([x], { axes }) => {
    expectAxes("flip", x.shape, axes);
    return x;
  },
  jvp: (o, _x, [dx], { params }) => dx && o.flip(dx, params),
  transpose: (o, [ct], _x, { params }) => [ct && o.flip(ct, params)],
  batch: (o, [x], { params }) => o.flip(x, { axes: behindBatch(params.axes) }),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params: { axes } }) => {
      const strides = stridesOf(x.shape);
      const last = x.shape.map((dim, axis) => (axes.includes(axis) ? dim - 1 : 0));
      const from = {
        data: x.data,
        offset: offsetOf(x.shape, last),
        strides: strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
      };
      copyStrided(x.shape, from, { data: out!.data, offset: 0, strides });
    },
  },
  samples: () => [
    { inputs: [uniformSample([2, 3, 2])], params: { axes: [0, 2] } },
    { inputs: [uniformSample([3, 2])], params: { axes: [] } },
    { inputs: [uniformSample([0, 2])], params: { axes: [0, 1] } },
  ],
};
