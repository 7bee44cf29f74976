// Movement ops: the same numbers at other places. All are linear, and their transposes are each other.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { sameShape, showShape, sizeOf, stridesOf } from "../../ir/shape.ts";
import { copyStrided, offsetOf } from "../arithmetic/strided.ts";
import { expectAxes, expectSame, expectShape, type Op, uniformSample } from "../define.ts";
import { fillZeros } from "../fill.ts";
import { allBatched, behindBatch } from "./batching.ts";

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

/** Zeros around each axis (low, high) and between its elements (interior). */
export const pad: Op<"pad"> = {
  name: "pad",
  type: ([x], { low, high, interior }) => {
    const { shape } = x;
    if ([low, high, interior].some((p) => p.length !== shape.length || p.some((n) => n < 0))) {
      throw new ArgumentError(
        `pad: expected ${shape.length} non-negative amounts for ${showShape(shape)}, received ` +
          `low ${showShape(low)}, high ${showShape(high)}, interior ${showShape(interior)}`,
      );
    }
    const padded = shape.map(
      (dim, i) => low[i]! + dim + Math.max(dim - 1, 0) * interior[i]! + high[i]!,
    );
    return { dtype: x.dtype, shape: padded };
  },
  jvp: (o, _x, [dx], { params }) => dx && o.pad(dx, params),
  transpose: (o, [ct], [x], { params: { low, interior } }) => {
    if (!ct) return [null];
    const spans = x.type.shape.map((dim, i) => dim + Math.max(dim - 1, 0) * interior[i]!);
    const end = low.map((start, i) => start + spans[i]!);
    return [o.slice(ct, { start: low, end, step: interior.map((n) => n + 1) })];
  },
  batch: (o, [x], { params: { low, high, interior } }) =>
    o.pad(x, { low: [0, ...low], high: [0, ...high], interior: [0, ...interior] }),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params: { low, interior } }) => {
      const strides = stridesOf(out!.shape).map((stride, axis) => stride * (interior[axis]! + 1));
      const to = { data: out!.data, offset: offsetOf(out!.shape, low), strides };
      copyStrided(x.shape, { data: x.data, offset: 0, strides: stridesOf(x.shape) }, to);
    },
  },
  samples: () => [
    { inputs: [uniformSample([2, 3])], params: { low: [1, 0], high: [0, 2], interior: [0, 1] } },
    { inputs: [uniformSample([0, 2])], params: { low: [1, 0], high: [2, 0], interior: [1, 0] } },
    { inputs: [uniformSample([])], params: { low: [], high: [], interior: [] } },
    { inputs: [uniformSample([1, 3])], params: { low: [0, 1], high: [0, 0], interior: [5, 2] } },
  ],
};

/** Elements start, start + step, … below end, along each axis; steps are positive. */
export const slice: Op<"slice"> = {
  name: "slice",
  type: ([x], { start, end, step }) => {
    const { shape } = x;
    const inside = (s: number, i: number) =>
      s >= 0 && end[i]! >= s && end[i]! <= shape[i]! && step[i]! >= 1;
    const ranks = [start, end, step].every((p) => p.length === shape.length);
    if (!ranks || !start.every(inside)) {
      throw new ArgumentError(
        `slice: ${showShape(start)} to ${showShape(end)} by ${showShape(step)} ` +
          `does not lie in ${showShape(shape)}`,
      );
    }
    return { dtype: x.dtype, shape: start.map((s, i) => Math.ceil((end[i]! - s) / step[i]!)) };
  },
  jvp: (o, _x, [dx], { params }) => dx && o.slice(dx, params),
  transpose: (o, [ct], [x], { params: { start, step } }) => {
    if (!ct) return [null];
    const used = ct.type.shape.map((n, i) => start[i]! + (n > 0 ? (n - 1) * step[i]! + 1 : 0));
    const high = x.type.shape.map((dim, i) => dim - used[i]!);
    return [o.pad(ct, { low: start, high, interior: step.map((n) => n - 1) })];
  },
  batch: (o, [x], { params: { start, end, step }, size }) =>
    o.slice(x, { start: [0, ...start], end: [size, ...end], step: [1, ...step] }),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params: { start, step } }) => {
      const strides = stridesOf(x.shape).map((stride, axis) => stride * step[axis]!);
      const from = { data: x.data, offset: offsetOf(x.shape, start), strides };
      copyStrided(out!.shape, from, {
        data: out!.data,
        offset: 0,
        strides: stridesOf(out!.shape),
      });
    },
  },
  samples: () => [
    { inputs: [uniformSample([4, 5])], params: { start: [1, 0], end: [3, 5], step: [1, 2] } },
    { inputs: [uniformSample([4, 5])], params: { start: [2, 1], end: [2, 4], step: [1, 3] } },
    { inputs: [uniformSample([7])], params: { start: [1], end: [6], step: [3] } },
    { inputs: [uniformSample([0, 2])], params: { start: [0, 1], end: [0, 2], step: [2, 2] } },
    { inputs: [uniformSample([])], params: { start: [], end: [], step: [] } },
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

/** Operands end to end along one axis. */
export const concat: Op<"concat"> = {
  name: "concat",
  type: (inputs, { axis }) => {
    const [first] = inputs;
    if (!first) throw new ArgumentError("concat: expected at least one tensor, received none");
    expectSame(
      "concat",
      inputs.map(({ dtype }) => ({ dtype, shape: [] })),
    );
    expectAxes("concat", first.shape, [axis]);
    const rest = (shape: readonly number[]) => shape.filter((_, i) => i !== axis);
    const other = inputs.find(
      ({ shape }) =>
        shape.length !== first.shape.length || !sameShape(rest(shape), rest(first.shape)),
    );
    if (other) {
      throw new ShapeError(
        `concat: ${showShape(first.shape)} and ${showShape(other.shape)} ` +
          `differ outside axis ${axis}`,
      );
    }
    const length = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    return { dtype: first.dtype, shape: first.shape.with(axis, length) };
  },
  jvp: (o, inputs, tangents, { params }) => {
    const parts = inputs.map((x, i) => tangents[i] ?? fillZeros(o, x.type));
    return o.concat(...parts, params);
  },
  transpose: (o, [ct], inputs, { params: { axis }, linear }) => {
    let from = 0;
    return inputs.map((x, i) => {
      const start = from;
      from += x.type.shape[axis]!;
      if (!ct || !linear[i]) return null;
      return o.slice(ct, {
        start: ct.type.shape.map((_, a) => (a === axis ? start : 0)),
        end: ct.type.shape.map((dim, a) => (a === axis ? start + x.type.shape[axis]! : dim)),
        step: ct.type.shape.map(() => 1),
      });
    });
  },
  batch: (o, inputs, context) =>
    o.concat(...allBatched(o, inputs, context), { axis: context.params.axis + 1 }),
  meaning: {
    kind: "array",
    eval: (inputs, [out], { params: { axis } }) => {
      const strides = stridesOf(out!.shape);
      let start = 0;
      for (const x of inputs) {
        const to = { data: out!.data, offset: start * strides[axis]!, strides };
        copyStrided(x.shape, { data: x.data, offset: 0, strides: stridesOf(x.shape) }, to);
        start += x.shape[axis]!;
      }
    },
  },
  samples: () => [
    {
      inputs: [uniformSample([2, 3]), uniformSample([2, 1]), uniformSample([2, 2])],
      params: { axis: 1 },
    },
    { inputs: [uniformSample([2, 3]), uniformSample([0, 3])], params: { axis: 0 } },
    { inputs: [uniformSample([2, 3, 2])], params: { axis: 2 } },
    { inputs: [uniformSample([0, 2]), uniformSample([0, 1])], params: { axis: 1 } },
  ],
};
