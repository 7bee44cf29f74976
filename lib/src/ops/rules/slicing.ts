// Movement ops between a whole and its parts. All are linear; pad and slice are each other's transposes.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { sameShape, showShape, stridesOf } from "../../ir/shape.ts";
import { copyStrided, offsetOf } from "../arithmetic/strided.ts";
import { expectAxes, expectSame, type Op, uniformSample } from "../define.ts";
import { fillZeros } from "../fill.ts";
import { allBatched } from "./batching.ts";

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
