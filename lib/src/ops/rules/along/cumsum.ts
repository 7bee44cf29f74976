// Running totals along an axis.

import { splitAt } from "../../arithmetic/strided.ts";
import {
  expectAxes,
  expectDType,
  integerSample,
  NUMBERS,
  type Op,
  uniformSample,
} from "../../define.ts";

/** Running totals along an axis, from the front or (reverse) from the back. */
export const cumsum: Op<"cumsum"> = {
  name: "cumsum",
  type: ([x], { axis }) => {
    expectDType("cumsum", x, NUMBERS);
    expectAxes("cumsum", x.shape, [axis]);
    return x;
  },
  jvp: (o, _x, [dx], { params }) => dx && o.cumsum(dx, params),
  transpose: (o, [ct], _x, { params: { axis, reverse } }) => [
    ct && o.cumsum(ct, { axis, reverse: !reverse }),
  ],
  batch: (o, [x], { params }) => o.cumsum(x, { ...params, axis: params.axis + 1 }),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params: { axis, reverse } }) => {
      const [outer, length, inner] = splitAt(x.shape, axis);
      for (let start = 0; start < outer * inner; start++) {
        const base = Math.floor(start / inner) * length * inner + (start % inner);
        let total = 0;
        for (let i = 0; i < length; i++) {
          const at = base + (reverse ? length - 1 - i : i) * inner;
          total += x.data[at]!;
          out!.data[at] = total;
        }
      }
    },
  },
  samples: () => [
    { inputs: [uniformSample([3, 4, 2])], params: { axis: 1, reverse: false } },
    { inputs: [uniformSample([3, 4])], params: { axis: 0, reverse: true } },
    { inputs: [uniformSample([0, 3])], params: { axis: 0, reverse: false } },
    { inputs: [uniformSample([2, 0])], params: { axis: 0, reverse: true } },
    { inputs: [integerSample([5], -9, 9)], params: { axis: 0, reverse: false } },
  ],
};
