// Rows put together by the number of their segment: sums, maxima and softmax of those that go to one place.

import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { greater, where } from "../../../tensor/comparison.ts";
import { ones } from "../../../tensor/create.ts";
import { div, exp, mul, sub } from "../../../tensor/elementwise.ts";
import type { GraphEdges } from "./edges.ts";

/** [rows, ...] to [count, ...]: the sum of the rows of each segment, 0 of none. */
export function segmentSum(x: Tensor, segments: Tensor, count: number): Tensor {
  return prims.scatterAdd(segments, x, { size: count });
}

/**
 * [rows, ...] to [count, ...]: the largest of each segment, 0 of none. Rows that share it share its gradient
 * evenly.
 */
export function segmentMax(x: Tensor, segments: Tensor, count: number): Tensor {
  const [rows, ...rest] = x.type.shape as [number, ...number[]];
  const sizes = segmentSum(ones([rows], "int32"), segments, count);
  const some = prims.reshape(greater(sizes, 0), { shape: [count, ...rest.map(() => 1)] });
  return where(some, prims.scatterMax(segments, x, { size: count }), 0);
}

/** [rows, ...]: exp(x) over the sum of exp(x) in the row's segment, whatever is added to all of a segment. */
export function segmentSoftmax(x: Tensor, segments: Tensor, count: number): Tensor {
  const largest = prims.scatterMax(segments, prims.stopGradient(x), { size: count });
  const powers = exp(sub(x, prims.gather(largest, segments)));
  return div(powers, prims.gather(segmentSum(powers, segments, count), segments));
}

/** [nodes, features]: for each node the sum of what comes by its edges, times their weights. */
export function sumOfNeighbours(
  x: Tensor,
  { from, to, real, weight, weighted }: GraphEdges,
): Tensor {
  const [count, features] = x.type.shape as [number, number];
  const messages = prims.gather(x, from);
  if (weighted) return segmentSum(mul(messages, weight), to, count);
  // What padding says goes to a segment of its own: cheaper than a product for each edge.
  const sums = segmentSum(messages, where(real, to, count), count + 1);
  return prims.slice(sums, { start: [0, 0], end: [count, features], step: [1, 1] });
}
