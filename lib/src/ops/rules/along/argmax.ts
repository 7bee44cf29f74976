// Where the largest element along an axis stands.

import { ArgumentError } from "../../../checks/errors.ts";
import { showShape, withoutAxes } from "../../../ir/shape.ts";
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
