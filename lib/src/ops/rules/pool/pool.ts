// Max-pooling over NHWC images. One function finds each window's winner; the three ops move numbers
// between the winner's place in the image and the window's place in the result.

import { ShapeError } from "../../../checks/errors.ts";
import type { Value } from "../../../ir/graph.ts";
import type { Pair, PoolParams } from "../../../ir/op-table.ts";
import { sameShape, showShape } from "../../../ir/shape.ts";
import { exactly, expectSame, integerSample, type Op, uniformSample } from "../../define.ts";
import { allBatched, mergeBatch, splitBatch } from "../batching.ts";
import { eachWinner, pooled } from "./windows.ts";

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
