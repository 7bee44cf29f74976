// Adding and comparing rows by index.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { sameShape, showShape, sizeOf } from "../../ir/shape.ts";
import { exactly, expectDType, integerSample, NUMBERS, type Op, uniformSample } from "../define.ts";
import { fill } from "../fill.ts";
import { addBatch } from "./batching.ts";
import { moveAxis, offset, rowWithin } from "./indexing.ts";

/** Zeros [size, ...rest] with the rows of updates [...indices, ...rest] added in order by index. */
export const scatterAdd: Op<"scatterAdd"> = {
  name: "scatterAdd",
  type: scatteredType("scatterAdd"),
  jvp: (o, [indices], [, du], { params }) => du && o.scatterAdd(indices, du, params),
  // every update reads the cotangent of the row it was added to
  transpose: (o, [ct], [indices]) => [null, ct ? o.gather(ct, indices) : null],
  batch: scatteredBatch("scatterAdd"),
  meaning: {
    kind: "array",
    eval: ([indices, updates], [out], { params: { size } }) => {
      const row = sizeOf(out!.shape.slice(1));
      const total = new Float64Array(out!.data.length);
      for (let i = 0; i < indices.data.length; i++) {
        const to = rowWithin("scatterAdd", indices, i, size) * row;
        for (let k = 0; k < row; k++) total[to + k] = total[to + k]! + updates.data[i * row + k]!;
      }
      out!.data.set(total);
    },
  },
  samples: () => [
    { inputs: [integerSample([2, 5], 0, 4), uniformSample([2, 5, 3])], params: { size: 4 } },
    { inputs: [exactly([4], [2, 0, 2, 2], "int32"), uniformSample([4])], params: { size: 5 } },
    { inputs: [exactly([], [1], "int32"), uniformSample([2, 2])], params: { size: 3 } },
    // wide rows: whole vectors, and a rest of one
    { inputs: [integerSample([6], 0, 3), uniformSample([6, 21])], params: { size: 4 } },
    { inputs: [integerSample([6], 0, 3), integerSample([6, 18], -9, 9)], params: { size: 3 } },
    { inputs: [integerSample([6], 0, 3), integerSample([6, 2], -9, 9)], params: { size: 3 } },
    { inputs: [integerSample([0], 0, 1), uniformSample([0, 3])], params: { size: 2 } },
    { inputs: [integerSample([0], 0, 1), uniformSample([0, 3])], params: { size: 0 } },
  ],
};

/**
 * [size, ...rest] of the largest of the rows of updates [...indices, ...rest] at each index, NaN where one is;
 * where there is none, the lowest number of the type, -Infinity of floats.
 */
export const scatterMax: Op<"scatterMax"> = {
  name: "scatterMax",
  type: scatteredType("scatterMax"),
  // the tangent of the largest update; those that are equal share it evenly
  jvp: (o, [indices, updates], [, du], { params, outputs: [y] }) => {
    if (!du) return null;
    const { type } = updates;
    const here = o.eq(updates, o.gather(y!, indices));
    const ones = o.where(here, fill(o, type, 1), fill(o, type, 0));
    const equals = o.gather(o.scatterAdd(indices, ones, params), indices);
    const taken = o.where(here, o.div(du, o.max(equals, fill(o, type, 1))), fill(o, type, 0));
    return o.scatterAdd(indices, taken, params);
  },
  batch: scatteredBatch("scatterMax"),
  meaning: {
    kind: "array",
    eval: ([indices, updates], [out], { params: { size } }) => {
      const row = sizeOf(out!.shape.slice(1));
      out!.data.fill(LOWEST[out!.dtype as keyof typeof LOWEST]);
      for (let i = 0; i < indices.data.length; i++) {
        const to = rowWithin("scatterMax", indices, i, size) * row;
        for (let k = 0; k < row; k++) {
          out!.data[to + k] = Math.max(out!.data[to + k]!, updates.data[i * row + k]!);
        }
      }
    },
  },
  samples: () => [
    { inputs: [integerSample([2, 5], 0, 4), uniformSample([2, 5, 3])], params: { size: 4 } },
    // six wide rows, so that whole vectors and a rest of one go to each place
    { inputs: [integerSample([6], 0, 3), uniformSample([6, 21])], params: { size: 3 } },
    {
      inputs: [exactly([4], [2, 0, 2, 2], "int32"), exactly([4], [1, 5, 3, 3])],
      params: { size: 3 },
      differentiable: false,
    },
    { inputs: [integerSample([6], 0, 3), integerSample([6, 2], -9, 9)], params: { size: 5 } },
    {
      inputs: [integerSample([0], 0, 1), uniformSample([0, 3])],
      params: { size: 2 },
      differentiable: false,
    },
    { inputs: [integerSample([0], 0, 1), uniformSample([0, 3])], params: { size: 0 } },
  ],
};

/** What no number of a type is below. */
const LOWEST = { float32: -Infinity, float64: -Infinity, int32: -(2 ** 31), uint8: 0 } as const;

type Scattered = "scatterAdd" | "scatterMax";

function scatteredType(name: Scattered): Op<Scattered>["type"] {
  return ([indices, updates], { size }) => {
    expectDType(name, indices, ["int32"]);
    expectDType(name, updates, NUMBERS);
    const rank = indices.shape.length;
    if (!sameShape(updates.shape.slice(0, rank), indices.shape)) {
      throw new ShapeError(
        `${name}: expected updates that start with the shape of indices ` +
          `${showShape(indices.shape)}, received ${showShape(updates.shape)}`,
      );
    }
    if (!Number.isInteger(size) || size < 0) {
      throw new ArgumentError(`${name}: expected a size of 0 or more, received ${size}`);
    }
    return { dtype: updates.dtype, shape: [size, ...updates.shape.slice(rank)] };
  };
}

function scatteredBatch(name: Scattered): Op<Scattered>["batch"] {
  return (o, [indices, updates], { params, batched, size: examples }) => {
    const { size } = params;
    // One index for all examples: the batch axis rides along with the rest of the row.
    if (!batched[0]) {
      const rank = indices.type.shape.length;
      return moveAxis(o, o[name](indices, moveAxis(o, updates, 0, rank), params), 1, 0);
    }
    const rows = batched[1] ? updates : addBatch(o, updates, examples);
    const merged = o[name](offset(o, indices, size, examples), rows, { size: examples * size });
    return o.reshape(merged, { shape: [examples, size, ...merged.type.shape.slice(1)] });
  };
}
