// Reading rows by index: gather and scatterAdd are each other's transposes.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import type { Value } from "../../ir/graph.ts";
import type { Builder } from "../../ir/op-table.ts";
import { sizeOf } from "../../ir/shape.ts";
import { showType } from "../../ir/type.ts";
import { copyRow } from "../arithmetic/strided.ts";
import {
  exactly,
  expectDType,
  integerSample,
  type NdArray,
  type Op,
  uniformSample,
} from "../define.ts";
import { fill } from "../fill.ts";

/** Rows of x [n, ...rest] at int32 indices of any shape: [...indices, ...rest]. */
export const gather: Op<"gather"> = {
  name: "gather",
  type: ([x, indices]) => {
    expectDType("gather", indices, ["int32"]);
    if (x.shape.length === 0) {
      throw new ShapeError(`gather: expected an axis to index, received ${showType(x)}`);
    }
    return { dtype: x.dtype, shape: [...indices.shape, ...x.shape.slice(1)] };
  },
  jvp: (o, [, indices], [dx]) => dx && o.gather(dx, indices),
  // <dx[i], ct> adds ct's rows up where dx's came from
  transpose: (o, [ct], [x, indices]) => [
    ct ? o.scatterAdd(indices, ct, { size: x.type.shape[0]! }) : null,
    null,
  ],
  batch: (o, [x, indices], { batched, size }) => {
    if (!batched[0]) return o.gather(x, indices);
    // One index for all examples: the batch axis rides along with the rest of the row.
    if (!batched[1]) {
      return moveAxis(o, o.gather(moveAxis(o, x, 0, 1), indices), indices.type.shape.length, 0);
    }
    const [, n, ...rest] = x.type.shape as [number, number, ...number[]];
    return o.gather(o.reshape(x, { shape: [size * n, ...rest] }), offset(o, indices, n, size));
  },
  meaning: {
    kind: "array",
    eval: ([x, indices], [out]) => {
      const n = x.shape[0]!;
      const row = sizeOf(x.shape.slice(1));
      for (let i = 0; i < indices.data.length; i++) {
        const from = rowWithin("gather", indices, i, n) * row;
        copyRow(x.data, from, 1, out!.data, i * row, 1, row);
      }
    },
  },
  samples: () => [
    { inputs: [uniformSample([4, 3]), integerSample([2, 5], 0, 4)], params: null },
    { inputs: [uniformSample([5]), exactly([3], [4, 0, 4], "int32")], params: null },
    { inputs: [uniformSample([3, 2, 2]), exactly([], [1], "int32")], params: null },
    { inputs: [integerSample([4, 2], -9, 9), integerSample([3], 0, 4)], params: null },
    { inputs: [uniformSample([0, 3]), integerSample([0], 0, 1)], params: null },
    { inputs: [uniformSample([3, 0]), integerSample([2], 0, 3)], params: null },
  ],
};

/** Index number i. @throws ArgumentError unless it lies in 0..n-1 */
export function rowWithin(op: string, indices: NdArray, i: number, n: number): number {
  const index = indices.data[i]!;
  if (index < 0 || index >= n) {
    throw new ArgumentError(`${op}: index ${index} is out of range for an axis of ${n}`);
  }
  return index;
}

/**
 * Indices [batch, ...] into rows 0..n-1 of each example, as indices into all examples' rows in one.
 * What is out of range stays so, off the same end: it must not read a neighbour's rows in silence.
 */
export function offset(o: Builder<Value>, indices: Value, n: number, size: number): Value {
  const { type } = indices;
  const ones = type.shape.slice(1).map(() => 1);
  const numbers = o.reshape(o.iota({ length: size, dtype: "int32" }), { shape: [size, ...ones] });
  const inside = o.mul(o.expand(numbers, { shape: type.shape }), fill(o, type, n));
  const above = fill(o, type, Math.max(size - 1, 0) * n);
  const upper = o.where(o.lt(indices, fill(o, type, n)), inside, above);
  return o.where(o.lt(indices, fill(o, type, 0)), indices, o.add(indices, upper));
}

/** x with one axis moved to another place. */
export function moveAxis(o: Builder<Value>, x: Value, from: number, to: number): Value {
  const perm = x.type.shape.map((_, axis) => axis).filter((axis) => axis !== from);
  perm.splice(to, 0, from);
  return o.transpose(x, { perm });
}
