// Max-pooling over NHWC images. One function finds each window's winner; the three ops move numbers
// between the winner's place in the image and the window's place in the result.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import type { Value } from "../../ir/graph.ts";
import type { Pair, PoolParams } from "../../ir/op-table.ts";
import { type Shape, sameShape, showShape } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
import {
  exactly,
  expectDType,
  expectSame,
  integerSample,
  type NdArray,
  NUMBERS,
  type Op,
  uniformSample,
} from "../define.ts";
import { allBatched, mergeBatch, splitBatch } from "./batching.ts";

/** Each window's maximum. Padding never wins, a NaN does, and of equals the first in row order. */
export const maxPool: Op<"maxPool"> = {
  name: "maxPool",
  type: ([x], params) => pooled("maxPool", x, params),
  jvp: (o, [x], [dx], { params }) => dx && o.poolTake(dx, x, params), // the winner's tangent
  batch: (o, [x], { params, size }) =>
    splitBatch(o, o.maxPool(mergeBatch(o, x), params), size, x.type.shape[1]!),
  meaning: {
    kind: "array",
    eval: ([x], [out], { params }) =>
      eachWinner(x, out!.shape, params, (to, from) => {
        out!.data[to] = x.data[from]!;
      }),
  },
  samples: () => [
    { inputs: [uniformSample([2, 4, 4, 3])], params: params([2, 2], [2, 2]) },
    {
      inputs: [uniformSample([1, 5, 6, 2])],
      params: OVERLAPPING,
    },
    {
      inputs: [exactly([1, 3, 3, 1], TIES)],
      params: params([2, 2], [1, 1]),
      differentiable: false,
    },
    { inputs: [integerSample([1, 4, 4, 2], -9, 9)], params: params([2, 2], [2, 2]) },
    { inputs: [uniformSample([0, 4, 4, 2])], params: params([2, 2], [2, 2]) },
    { inputs: [uniformSample([2, 4, 4, 0])], params: params([2, 2], [2, 2]) },
  ],
};

/** What dx holds where x has each window's maximum. Linear in dx; x is only compared. */
export const poolTake: Op<"poolTake"> = {
  name: "poolTake",
  type: ([dx, x], params) => {
    expectSame("poolTake", [dx, x]);
    return pooled("poolTake", x, params);
  },
  jvp: (o, [, x], [ddx], { params }) => ddx && o.poolTake(ddx, x, params),
  transpose: (o, [ct], [, x], { params }) => [ct ? o.poolPut(ct, x, params) : null, null],
  batch: (o, inputs, context) => {
    const [dx, x] = allBatched(o, inputs, context) as [Value, Value];
    return splitBatch(
      o,
      o.poolTake(mergeBatch(o, dx), mergeBatch(o, x), context.params),
      context.size,
      x.type.shape[1]!,
    );
  },
  meaning: {
    kind: "array",
    eval: ([dx, x], [out], { params }) =>
      eachWinner(x, out!.shape, params, (to, from) => {
        out!.data[to] = dx.data[from]!;
      }),
  },
  samples: () => [
    {
      inputs: [uniformSample([2, 4, 4, 3]), uniformSample([2, 4, 4, 3])],
      params: params([2, 2], [2, 2]),
    },
    {
      inputs: [uniformSample([1, 5, 6, 2]), uniformSample([1, 5, 6, 2])],
      params: OVERLAPPING,
    },
    {
      inputs: [uniformSample([1, 3, 3, 1]), exactly([1, 3, 3, 1], TIES)],
      params: params([2, 2], [1, 1]),
      differentiable: false,
    },
    {
      inputs: [uniformSample([0, 4, 4, 2]), uniformSample([0, 4, 4, 2])],
      params: params([2, 2], [2, 2]),
    },
  ],
};

/** Zeros like x with dy added where x has each window's maximum: the transpose of poolTake. */
export const poolPut: Op<"poolPut"> = {
  name: "poolPut",
  type: ([dy, x], params) => {
    const { shape } = pooled("poolPut", x, params);
    expectSame("poolPut", [
      { dtype: dy.dtype, shape: [] },
      { dtype: x.dtype, shape: [] },
    ]);
    if (!sameShape(dy.shape, shape)) {
      throw new ShapeError(
        `poolPut: expected dy ${showShape(shape)} for x ${showShape(x.shape)}, ` +
          `received ${showShape(dy.shape)}`,
      );
    }
    return x;
  },
  jvp: (o, [, x], [ddy], { params }) => ddy && o.poolPut(ddy, x, params),
  transpose: (o, [ct], [, x], { params }) => [ct ? o.poolTake(ct, x, params) : null, null],
  batch: (o, inputs, context) => {
    const [dy, x] = allBatched(o, inputs, context) as [Value, Value];
    return splitBatch(
      o,
      o.poolPut(mergeBatch(o, dy), mergeBatch(o, x), context.params),
      context.size,
      x.type.shape[1]!,
    );
  },
  meaning: {
    kind: "array",
    eval: ([dy, x], [out], { params }) => {
      const total = new Float64Array(out!.data.length); // windows overlap: add in double precision
      eachWinner(x, dy.shape, params, (from, to) => {
        total[to] = total[to]! + dy.data[from]!;
      });
      out!.data.set(total);
    },
  },
  samples: () => [
    {
      inputs: [uniformSample([2, 2, 2, 3]), uniformSample([2, 4, 4, 3])],
      params: params([2, 2], [2, 2]),
    },
    {
      inputs: [uniformSample([1, 3, 6, 2]), uniformSample([1, 5, 6, 2])],
      params: OVERLAPPING,
    },
    {
      inputs: [uniformSample([1, 2, 2, 1]), exactly([1, 3, 3, 1], TIES)],
      params: params([2, 2], [1, 1]),
      differentiable: false,
    },
    {
      inputs: [uniformSample([2, 2, 2, 0]), uniformSample([2, 4, 4, 0])],
      params: params([2, 2], [2, 2]),
    },
  ],
};

const TIES = [1, 2, 2, 2, 2, 0, 0, 2, 2];

/** A case in which windows overlap and reach into padding. */
const OVERLAPPING: PoolParams = {
  window: [3, 2],
  strides: [2, 1],
  padding: [
    [1, 1],
    [0, 1],
  ],
};

/** A case without padding. */
function params(window: Pair, strides: Pair): PoolParams {
  const none = [0, 0] as const;
  return { window, strides, padding: [none, none] };
}

/** The type of x's pooled image. @throws unless every window holds at least one pixel of x */
function pooled(op: string, x: TensorType, params: PoolParams): TensorType {
  expectDType(op, x, NUMBERS);
  const { window, strides, padding } = params;
  if (x.shape.length !== 4) {
    throw new ShapeError(
      `${op}: expected images [batch, height, width, channels], received ${showShape(x.shape)}`,
    );
  }
  if (
    [...window, ...strides].some((n) => !isAtLeast(n, 1)) ||
    padding.flat().some((n) => !isAtLeast(n, 0))
  ) {
    throw new ArgumentError(
      `${op}: expected window and strides of 1 or more and padding of 0 or more, ` +
        `received ${showGeometry(params)}`,
    );
  }
  const [n, h, w, channels] = x.shape as [number, number, number, number];
  const lengths = [h, w].map((length, axis) => {
    const [low, high] = padding[axis]!;
    const room = low + length + high - window[axis]!;
    if (room < 0) {
      throw new ShapeError(
        `${op}: window ${showShape(window)} is larger than its padded input ` +
          showShape([
            n,
            h + padding[0][0] + padding[0][1],
            w + padding[1][0] + padding[1][1],
            channels,
          ]),
      );
    }
    const steps = Math.floor(room / strides[axis]!);
    const lastStart = steps * strides[axis]! - low;
    if (length === 0 || window[axis]! <= low || lastStart >= length) {
      throw new ShapeError(
        `${op}: a window lies wholly in the padding of ${showShape(x.shape)}: ` +
          showGeometry(params),
      );
    }
    return steps + 1;
  });
  return { dtype: x.dtype, shape: [n, ...lengths, channels] };
}

function isAtLeast(n: number, least: number): boolean {
  return Number.isInteger(n) && n >= least;
}

function showGeometry({ window, strides, padding }: PoolParams): string {
  const sides = `[${padding.map(showShape).join(", ")}]`;
  return `window ${showShape(window)}, strides ${showShape(strides)}, padding ${sides}`;
}

/** Visits every window in row-major order: the places of its result and of its maximum in x. */
function eachWinner(
  x: NdArray,
  outShape: Shape,
  { window, strides, padding }: PoolParams,
  visit: (windowAt: number, winnerAt: number) => void,
): void {
  const [, h, w, channels] = x.shape as [number, number, number, number];
  const [images, rows, columns] = outShape as [number, number, number, number];
  let windowAt = 0;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < rows; row++) {
      const top = row * strides[0] - padding[0][0];
      const [y0, y1] = [Math.max(top, 0), Math.min(top + window[0], h)];
      for (let column = 0; column < columns; column++) {
        const left = column * strides[1] - padding[1][0];
        const [x0, x1] = [Math.max(left, 0), Math.min(left + window[1], w)];
        for (let channel = 0; channel < channels; channel++) {
          let winnerAt = ((image * h + y0) * w + x0) * channels + channel;
          let best = x.data[winnerAt]!;
          for (let iy = y0; iy < y1; iy++) {
            for (let ix = x0; ix < x1; ix++) {
              const at = ((image * h + iy) * w + ix) * channels + channel;
              const element = x.data[at]!;
              // Not <=, so that a NaN beats a number and nothing beats a NaN.
              if (!Number.isNaN(best) && !(element <= best)) {
                best = element;
                winnerAt = at;
              }
            }
          }
          visit(windowAt++, winnerAt);
        }
      }
    }
  }
}
