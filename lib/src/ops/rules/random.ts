// Random bits: a pure function of a key, a stream number and the place of the element.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { sameShape, showShape, sizeOf } from "../../ir/shape.ts";
import { threefry2x32 } from "../arithmetic/threefry.ts";
import { exactly, expectDType, integerSample, type Op } from "../define.ts";
import { addBatch } from "./batching.ts";

/**
 * Uniform 32-bit words: key [..., 2] and stream [...] give [..., ...shape], one block a key.
 * Words 2j and 2j + 1 of a block are threefry(key, counter = (j, stream)), an odd last one dropped.
 */
export const randomBits: Op<"randomBits"> = {
  name: "randomBits",
  type: ([key, stream], { shape }) => {
    expectDType("randomBits", key, ["int32"]);
    expectDType("randomBits", stream, ["int32"]);
    if (!sameShape(key.shape, [...stream.shape, 2])) {
      throw new ShapeError(
        `randomBits: expected a key of two words a stream, ${showShape([...stream.shape, 2])}, ` +
          `received key ${showShape(key.shape)} and stream ${showShape(stream.shape)}`,
      );
    }
    if (shape.some((dim) => !Number.isInteger(dim) || dim < 0)) {
      throw new ArgumentError(`randomBits: ${showShape(shape)} is not a shape`);
    }
    return { dtype: "int32", shape: [...stream.shape, ...shape] };
  },
  jvp: null,
  batch: (o, [key, stream], { params, batched, size }) =>
    o.randomBits(
      batched[0] ? key : addBatch(o, key, size),
      batched[1] ? stream : addBatch(o, stream, size),
      params,
    ),
  meaning: {
    kind: "array",
    eval: ([key, stream], [out], { params: { shape } }) => {
      const words = sizeOf(shape);
      for (let block = 0; block < stream.data.length; block++) {
        const key0 = key.data[block * 2]!;
        const key1 = key.data[block * 2 + 1]!;
        for (let i = 0; i < words; i += 2) {
          const [first, second] = threefry2x32(key0, key1, i / 2, stream.data[block]!);
          out!.data[block * words + i] = first;
          if (i + 1 < words) out!.data[block * words + i + 1] = second;
        }
      }
    },
  },
  samples: () => [
    { inputs: [exactly([2], [1, -2], "int32"), exactly([], [7], "int32")], params: { shape: [5] } },
    {
      inputs: [integerSample([3, 2], -99, 99), integerSample([3], 0, 9)],
      params: { shape: [2, 3] },
    },
    { inputs: [integerSample([2], -99, 99), integerSample([], 0, 9)], params: { shape: [] } },
    { inputs: [integerSample([2], -99, 99), integerSample([], 0, 9)], params: { shape: [3, 0] } },
    { inputs: [integerSample([0, 2], -99, 99), integerSample([0], 0, 9)], params: { shape: [3] } },
  ],
};
