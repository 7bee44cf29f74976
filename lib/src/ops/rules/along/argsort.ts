// Where the sorted elements along an axis stand.

import {
  exactly,
  expectAxes,
  expectDType,
  integerSample,
  NUMBERS,
  type Op,
  uniformSample,
} from "../../define.ts";
import { eachLane } from "./lanes.ts";

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

/** Negative when a goes first, in either direction; NaN goes last. Infinities tie like numbers. */
function compare(a: number, b: number, descending: boolean): number {
  if (a < b) return descending ? 1 : -1;
  if (a > b) return descending ? -1 : 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}
