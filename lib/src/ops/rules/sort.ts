// Ops that compare along an axis and answer with positions.

import { ArgumentError } from "../../checks/errors.ts";
import { type Shape, showShape, sizeOf, withoutAxes } from "../../ir/shape.ts";
import {
  exactly,
  expectAxes,
  expectDType,
  integerSample,
  NUMBERS,
  type Op,
  uniformSample,
} from "../define.ts";

/** Where the sorted elements stand in x. Ties keep their order both ways, and NaN comes last. */
export const argsort: Op<"argsort"> = {
  name: "argsort",
  type: ([x], { axis }) => {
    expectDType("argsort", x, NUMBERS);
    expectAxes("argsort", x.shape, [axis]);
    return { dtype: "int32", shape: x.shape };
  },
  jvp: null,
  batch: (o, [x], { params }) => o.argsort(x, { ...params, axis: params.axis + 1 }),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params: { axis, descending } }) => {
      const length = x.shape[axis]!;
      const order = new Int32Array(length);
      eachLane(x.shape, axis, (lane, stride) => {
        const element = (i: number) => x.data[lane + i * stride]!;
        for (let i = 0; i < length; i++) order[i] = i;
        order.sort((i, j) => compare(element(i), element(j), descending) || i - j);
        for (let i = 0; i < length; i++) out!.data[lane + i * stride] = order[i]!;
      });
    },
  },
  samples: () => [
    { inputs: [uniformSample([3, 4, 2])], params: { axis: 1, descending: false } },
    { inputs: [integerSample([12], 0, 3)], params: { axis: 0, descending: false } },
    { inputs: [integerSample([2, 9], 0, 3)], params: { axis: 1, descending: true } },
    { inputs: [exactly([5], [1, 0, -0, 1, 0])], params: { axis: 0, descending: true } },
    { inputs: [uniformSample([0, 3])], params: { axis: 0, descending: false } },
    { inputs: [uniformSample([2, 0])], params: { axis: 0, descending: false } },
  ],
};

/** Position of the first maximum along an axis, which vanishes; the first NaN if there is one. */
export const argmax: Op<"argmax"> = {
  name: "argmax",
  type: ([x], { axis }) => {
    expectDType("argmax", x, NUMBERS);
    expectAxes("argmax", x.shape, [axis]);
    if (x.shape[axis] === 0) {
      throw new ArgumentError(`argmax: ${showShape(x.shape)} has no elements along axis ${axis}`);
    }
    return { dtype: "int32", shape: withoutAxes(x.shape, [axis]) };
  },
  jvp: null,
  batch: (o, [x], { params }) => o.argmax(x, { axis: params.axis + 1 }),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params: { axis } }) => {
      const length = x.shape[axis]!;
      let to = 0;
      eachLane(x.shape, axis, (lane, stride) => {
        let best = 0;
        for (let i = 1; i < length; i++) {
          const element = x.data[lane + i * stride]!;
          const champion = x.data[lane + best * stride]!;
          // Not <=, so that a NaN beats a number and nothing beats a NaN.
          if (!Number.isNaN(champion) && !(element <= champion)) best = i;
        }
        out!.data[to++] = best;
      });
    },
  },
  samples: () => [
    { inputs: [uniformSample([3, 4, 2])], params: { axis: 1 } },
    { inputs: [integerSample([4, 9], 0, 3)], params: { axis: 1 } },
    { inputs: [exactly([3, 2], [1, 2, 1, 5, 0, 5])], params: { axis: 0 } },
    { inputs: [uniformSample([3, 0])], params: { axis: 0 } },
  ],
};

/** Negative when a goes first, in either direction; NaN goes last. Infinities tie like numbers. */
function compare(a: number, b: number, descending: boolean): number {
  if (a < b) return descending ? 1 : -1;
  if (a > b) return descending ? -1 : 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/** Visits, in row-major order, the first element of every lane along `axis`, and its stride. */
function eachLane(
  shape: Shape,
  axis: number,
  visit: (first: number, stride: number) => void,
): void {
  const outer = sizeOf(shape.slice(0, axis));
  const inner = sizeOf(shape.slice(axis + 1));
  const span = shape[axis]! * inner;
  for (let i = 0; i < outer; i++) {
    for (let k = 0; k < inner; k++) visit(i * span + k, inner);
  }
}
