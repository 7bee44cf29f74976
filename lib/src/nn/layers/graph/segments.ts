// Rows put together by the number of their segment: sums, maxima and softmax of those that go to one place.

import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { equal, greater, where } from "../../../tensor/comparison.ts";
import { ones } from "../../../tensor/create.ts";
import { cast, div, exp, maximum, sub } from "../../../tensor/elementwise.ts";

/** [rows, ...] to [count, ...]: the sum of the rows of each segment, 0 of none. */
export function segmentSum(x: Tensor, segments: Tensor, count: number): Tensor {
  return prims.scatterAdd(segments, x, { size: count });
}

/**
 * [rows, ...] to [count, ...]: the largest of each segment, 0 of none. Rows that share it share its gradient
 * evenly.
 */
export function segmentMax(x: Tensor, segments: Tensor, count: number): Tensor {
  if (x.type.shape[0] === 0) return segmentSum(x, segments, count);
  const largest = largestOf(prims.stopGradient(x), segments, count);
  const isLargest = cast(equal(prims.stopGradient(x), prims.gather(largest, segments)), x.dtype);
  const shared = prims.gather(segmentSum(isLargest, segments, count), segments);
  return segmentSum(where(greater(isLargest, 0), div(x, maximum(shared, 1)), 0), segments, count);
}

/** [rows, ...]: exp(x) over the sum of exp(x) in the row's segment, whatever is added to all of a segment. */
export function segmentSoftmax(x: Tensor, segments: Tensor, count: number): Tensor {
  if (x.type.shape[0] === 0) return x;
  const largest = largestOf(prims.stopGradient(x), segments, count);
  const powers = exp(sub(x, prims.gather(largest, segments)));
  return div(powers, prims.gather(segmentSum(powers, segments, count), segments));
}

/**
 * The largest row of each segment, 0 of none. In the order of their segments each row takes the largest of
 * itself and what lies 1, 2, 4 … rows before it in the same segment (Hillis and Steele 1986), so that the
 * last one has seen all: log2(rows) steps over whole arrays.
 */
function largestOf(x: Tensor, segments: Tensor, count: number): Tensor {
  const [rows, ...rest] = x.type.shape as [number, ...number[]];
  const order = prims.argsort(segments, { axis: 0, descending: false });
  const sorted = prims.gather(segments, order);
  let seen = prims.gather(x, order);
  for (let back = 1; back < rows; back *= 2) {
    const same = equal(sorted, before(sorted, back));
    const column = prims.reshape(same, { shape: [rows, ...rest.map(() => 1)] });
    seen = where(column, maximum(seen, before(seen, back)), seen);
  }
  const sizes = segmentSum(ones([rows], "int32"), sorted, count);
  const ends = sub(prims.cumsum(sizes, { axis: 0, reverse: false }), 1);
  const found = prims.gather(seen, maximum(ends, 0));
  const some = prims.reshape(greater(sizes, 0), { shape: [count, ...rest.map(() => 1)] });
  return where(some, found, 0);
}

/** What lies so many rows before each row; of the first ones, the first row. */
function before(x: Tensor, back: number): Tensor {
  const [rows, ...rest] = x.type.shape as [number, ...number[]];
  const part = (end: number) =>
    prims.slice(x, {
      start: [0, ...rest.map(() => 0)],
      end: [end, ...rest],
      step: x.type.shape.map(() => 1),
    });
  const first = prims.expand(part(1), { shape: [back, ...rest] });
  return prims.concat(first, part(rows - back), { axis: 0 });
}
