// Losses over classes.

import { showShape, sizeOf } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { equal, where } from "../../../../tensor/comparison.ts";
import { full, ones } from "../../../../tensor/create.ts";
import { cast, div, mul, neg } from "../../../../tensor/elementwise.ts";
import { take, takeAlongAxis } from "../../../../tensor/gather.ts";
import { reshape } from "../../../../tensor/movement.ts";
import { mean, sum } from "../../../../tensor/reduce.ts";
import { logSoftmax } from "../../../../tensor/softmax.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows } from "../../core/rows.ts";

/** Minus the score [n, classes, ...] of each target [n, ...], weighted by class. */
function likelihood(c: Call, x: Tensor): Tensor {
  const target = cast(c.x(1), "int32");
  const weight = c.maybe(2);
  const how = c.text("reduction", "mean", ["none", "sum", "mean"]);
  if (x.rank < 2 || target.rank !== x.rank - 1) {
    throw c.refuse(`targets ${showShape(target.shape)} do not fit scores ${showShape(x.shape)}`);
  }
  const ignored = c.has("ignore_index") ? equal(target, c.int("ignore_index")) : undefined;
  const safe = ignored ? where(ignored, full([], 0, "int32"), target) : target;
  const [n, classes] = x.type.shape as [number, number];
  const rest = sizeOf(x.type.shape.slice(2));
  const flat = reshape(x, [n, classes, rest]);
  const chosen = takeAlongAxis(flat, reshape(safe, [n, 1, rest]), 1);
  const plain = weight ? take(weight, safe, 0) : ones(target.type.shape, x.dtype);
  const weights = ignored ? where(ignored, full([], 0, x.dtype), plain) : plain;
  const losses = mul(neg(reshape(chosen, target.type.shape)), weights);
  if (how === "none") return losses;
  if (how === "sum") return sum(losses);
  return weight || ignored ? div(sum(losses), sum(weights)) : mean(losses);
}

function crossEntropy(c: Call): Tensor[] {
  const logs = logSoftmax(c.x(0), 1);
  return [likelihood(c, logs), logs];
}

export const losses: OpRows = {
  NegativeLogLikelihoodLoss: computing((c) => likelihood(c, c.x(0))),
  SoftmaxCrossEntropyLoss: computing(crossEntropy),
};
