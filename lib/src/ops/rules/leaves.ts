// Ops without operands: where numbers come from.

import { DTypeError, ShapeError } from "../../checks/errors.ts";
import { holds } from "../../ir/dtype.ts";
import { sizeOf } from "../../ir/shape.ts";
import { expectDType, expectShape, NUMBERS, type Op } from "../define.ts";
import { addBatch } from "./batching.ts";

/** Numbers known when the graph is built. */
export const constant: Op<"constant"> = {
  name: "constant",
  type: (_inputs, { data, dtype, shape }) => {
    expectShape("constant", shape);
    if (!holds(dtype, data)) throw new DTypeError(`constant: this array does not hold ${dtype}`);
    if (data.length !== sizeOf(shape)) {
      throw new ShapeError(`constant: ${data.length} numbers do not fill [${shape.join(", ")}]`);
    }
    return { dtype, shape };
  },
  jvp: null,
  batch: (o, _inputs, { params, size }) => addBatch(o, o.constant(params), size),
  meaning: { kind: "array", eval: (_inputs, [out], { params }) => out!.data.set(params.data) },
  samples: () => [
    {
      inputs: [],
      params: { data: new Float64Array([1, 2, 3, 4]), dtype: "float64", shape: [2, 2] },
    },
  ],
};

/** 0, 1, 2, … */
export const iota: Op<"iota"> = {
  name: "iota",
  type: (_inputs, { length, dtype }) => {
    const type = { dtype, shape: [length] };
    expectShape("iota", type.shape);
    expectDType("iota", type, NUMBERS);
    return type;
  },
  jvp: null,
  batch: (o, _inputs, { params, size }) => addBatch(o, o.iota(params), size),
  meaning: {
    kind: "array",
    eval: (_inputs, [out]) => {
      for (let i = 0; i < out!.data.length; i++) out!.data[i] = i;
    },
  },
  samples: () => [
    { inputs: [], params: { length: 5, dtype: "int32" } },
    { inputs: [], params: { length: 0, dtype: "float32" } },
  ],
};
