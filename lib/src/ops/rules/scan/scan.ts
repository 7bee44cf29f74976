// Loops: a body graph applied along the first axis of some sequences, carrying values from step to step.

import { ShapeError } from "../../../checks/errors.ts";
import type { Graph, Value } from "../../../ir/graph.ts";
import type { Builder, ScanParams } from "../../../ir/op-table.ts";
import { type Shape, sizeOf } from "../../../ir/shape.ts";
import { sameType, showType, type TensorType } from "../../../ir/type.ts";
import type { GraphTransforms, NdArray, Op } from "../../define.ts";
import { addBatch } from "../batching.ts";
import { linearizeScan } from "./jvp.ts";
import { transposeScan } from "./transpose.ts";

/**
 * Operands [constants…, initial carries…, sequences…]; each step the body maps
 * [constants…, carries…, slices…] to [carries…, slices…]. Results: final carries, stacked slices.
 * A reverse scan reads and writes its sequences from the last step to the first.
 */
export const scan: Op<"scan"> = {
  name: "scan",
  many: true,
  type: (inputs, params) => {
    const { body, constants, carries, length } = params;
    const whole = body.inputs.map(({ type }, i) =>
      i < constants + carries ? type : stacked(type, length),
    );
    if (inputs.length > whole.length) {
      throw new ShapeError(`scan: expected ${whole.length} operands, received ${inputs.length}`);
    }
    whole.forEach((expected, i) => {
      const received = inputs[i];
      if (!received || !sameType(expected, received)) {
        throw new ShapeError(
          `scan: operand ${i}: expected ${showType(expected)}, ` +
            `received ${received ? showType(received) : "nothing"}`,
        );
      }
    });
    body.outputs.slice(0, carries).forEach(({ type }, i) => {
      const before = body.inputs[constants + i]!.type;
      if (!sameType(type, before)) {
        throw new ShapeError(
          `scan: carry ${i} enters a step as ${showType(before)} and leaves it as ${showType(type)}`,
        );
      }
    });
    return body.outputs.map(({ type }, i) => (i < carries ? type : stacked(type, length)));
  },
  jvp: (o, inputs, tangents, { params, transforms }) =>
    linearizeScan(o, inputs, tangents, params, transforms),
  transpose: (o, cotangents, inputs, { params, linear, transforms }) =>
    transposeScan(o, cotangents, inputs, linear, params, transforms),
  batch: (o, inputs, { params, batched, size, transforms }) =>
    batchScan(o, inputs, params, batched, size, transforms),
  meaning: {
    kind: "array",
    eval: (inputs, outputs, { params, run }) => runScan(inputs, outputs, params, run),
  },
  samples: () => [], // needs graphs: see scan.test.ts
};

function stacked(type: TensorType, length: number): TensorType {
  return { dtype: type.dtype, shape: [length, ...type.shape] };
}

function runScan(
  inputs: readonly NdArray[],
  outputs: readonly NdArray[],
  { body, constants, carries, length, reverse }: ScanParams,
  run: (graph: Graph, inputs: readonly NdArray[]) => NdArray[],
): void {
  const fixed = inputs.slice(0, constants);
  const sequences = inputs.slice(constants + carries);
  let carried = inputs.slice(constants, constants + carries);
  for (let step = 0; step < length; step++) {
    const at = reverse ? length - 1 - step : step;
    const slices = sequences.map((x) => sliceAt(x, at));
    const results = run(body, [...fixed, ...carried, ...slices]);
    carried = results.slice(0, carries);
    results
      .slice(carries)
      .forEach((y, i) => outputs[carries + i]!.data.set(y.data, at * y.data.length));
  }
  carried.forEach((y, i) => outputs[i]!.data.set(y.data));
}

/** x[at], without copying. */
function sliceAt(x: NdArray, at: number): NdArray {
  const shape: Shape = x.shape.slice(1);
  const size = sizeOf(shape);
  return { dtype: x.dtype, shape, data: x.data.subarray(at * size, (at + 1) * size) };
}

/** Batches the body; a carry is batched as soon as any step would make it so. */
function batchScan(
  o: Builder<Value>,
  inputs: readonly Value[],
  params: ScanParams,
  batched: readonly boolean[],
  size: number,
  transforms: GraphTransforms,
): Value[] {
  const { body, constants, carries } = params;
  const flags = batched.map((flag, i) => flag || (i >= constants && i < constants + carries));
  const operands = inputs.map((x, i) => {
    const isSequence = i >= constants + carries;
    if (isSequence && batched[i]) return swapFirst(o, x); // [batch, step, …] to [step, batch, …]
    return flags[i] && !batched[i] ? addBatch(o, x, size) : x;
  });
  const results = o.scan(...operands, { ...params, body: transforms.batch(body, flags, size) });
  return results.map((y, i) => (i < carries ? y : swapFirst(o, y)));
}

/** The first two axes exchanged. */
function swapFirst(o: Builder<Value>, x: Value): Value {
  const [, , ...rest] = x.type.shape.map((_, axis) => axis);
  return o.transpose(x, { perm: [1, 0, ...rest] });
}
