// Scaled dot-product attention (Vaswani et al. 2017, section 3.2.1): means of values, weighed by likeness.

import { expectArgument, expectOptions, flag, type Kinds } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { sameShape, showShape } from "../../../ir/shape.ts";
import { expectDType, FLOATS } from "../../../ops/define.ts";
import { tensorKind } from "../../../runtime/values/kinds.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { lessEqual, logicalAnd, where } from "../../../tensor/comparison.ts";
import { cast, mul } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { reshape, swapAxes } from "../../../tensor/movement.ts";
import { broadcastShapes, broadcasts } from "../../../tensor/operands/broadcast.ts";
import { arange } from "../../../tensor/sequences.ts";
import { softmax } from "../../../tensor/softmax.ts";

/** Options of scaledDotProductAttention(). */
export interface AttentionOptions {
  /** True: the query at place i sees the keys at places 0 to i only. */
  readonly causal?: boolean;
  /** Where a query may see a key: bool, or numbers other than 0; [..., queries, keys], or broadcast to it. */
  readonly mask?: Tensor;
}

const OPTIONS: Kinds<AttentionOptions> = { causal: flag, mask: tensorKind };

/**
 * softmax(query key^T / sqrt(size)) value (Vaswani et al. 2017, equation 1). A query that may see no key gets zeros.
 * @param query [..., queries, size]
 * @param key [..., keys, size]
 * @param value [..., keys, any size]
 * @returns [..., queries, size of a value]
 * @throws ShapeError for shapes or a mask that do not fit together, DTypeError for other types than floats
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor {
  for (const [name, given] of Object.entries({ query, key, value })) {
    expectArgument("scaledDotProductAttention", name, given, tensorKind);
  }
  expectOptions("scaledDotProductAttention", options, OPTIONS);
  expectDType("scaledDotProductAttention", query.type, FLOATS);
  expectFit(query, key, value);
  return attend(query, key, value, options);
}

/** As scaledDotProductAttention, of what fits; `change` may drop some of the weights [..., queries, keys]. */
export function attend(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  { causal = false, mask }: AttentionOptions,
  change: (weights: Tensor) => Tensor = (weights) => weights,
): Tensor {
  const size = query.type.shape.at(-1)!;
  const scores: Tensor = matmul(mul(query, 1 / Math.sqrt(size)), swapAxes(key, -1, -2));
  const seen = allowed(scores, causal, mask);
  if (!seen) return matmul(change(softmax(scores)), value);
  // Far below any score, and finite: where nothing is seen the softmax stays a number.
  const weights = softmax(where(seen, scores, -1e30));
  return matmul(change(where(seen, weights, 0)), value);
}

/** Which keys each query sees; null for all. */
function allowed(scores: Tensor, causal: boolean, mask: Tensor | undefined): Tensor | null {
  const given = mask ? expectMask(scores, cast(mask, "bool")) : null;
  if (!causal) return given;
  const [queries, keys] = scores.type.shape.slice(-2) as [number, number];
  const before = lessEqual(arange(keys), reshape(arange(queries), [queries, 1]));
  return given ? logicalAnd(given, before) : before;
}

function expectMask(scores: Tensor, mask: Tensor): Tensor {
  const [wanted, given] = [scores.type.shape, mask.type.shape];
  const fits = broadcasts(wanted, given);
  if (fits && sameShape(broadcastShapes("mask", wanted, given), wanted)) return mask;
  throw new ShapeError(
    `scaledDotProductAttention: a mask ${showShape(given)} does not fit scores ` +
      `[..., queries, keys] of ${showShape(wanted)}`,
  );
}

function expectFit(query: Tensor, key: Tensor, value: Tensor): void {
  const [q, k, v] = [query, key, value].map((x) => x.type.shape) as [number[], number[], number[]];
  const fits =
    Math.min(q.length, k.length, v.length) >= 2 &&
    q.at(-1) === k.at(-1) &&
    k.at(-2) === v.at(-2) &&
    broadcasts(q.slice(0, -2), k.slice(0, -2)) &&
    broadcasts(k.slice(0, -2), v.slice(0, -2));
  if (fits) return;
  throw new ShapeError(
    "scaledDotProductAttention: expected query [..., queries, size], key [..., keys, size] and value " +
      `[..., keys, any size], received ${showShape(q)}, ${showShape(k)} and ${showShape(v)}`,
  );
}
