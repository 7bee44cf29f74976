// Normalisation over examples, channels, groups or the last axes.

import { sizeOf } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part } from "../../../../tensor/arranging/roll.ts";
import { equal, where } from "../../../../tensor/comparison.ts";
import { full } from "../../../../tensor/create.ts";
import { add, cast, div, mul, pow, sqrt, square, sub } from "../../../../tensor/elementwise.ts";
import { pad } from "../../../../tensor/joining.ts";
import { reshape } from "../../../../tensor/movement.ts";
import { mean, sum } from "../../../../tensor/reduce.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows } from "../../core/rows.ts";
import { lpNorm } from "../windows/pooling.ts";

/** [channels] as wide as [n, channels, ...]. */
const channels = (x: Tensor, like: Tensor): Tensor =>
  reshape(x, [x.size, ...like.type.shape.slice(2).map(() => 1)]);

const from = (rank: number, first: number): number[] =>
  Array.from({ length: rank - first }, (_, i) => first + i);

/** (x - mean) / sqrt(variance + epsilon) over axes. */
function standard(x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const centred = sub(x, mean(x, axes, true));
  return div(centred, sqrt(add(mean(square(centred), axes, true), epsilon)));
}

function batch(c: Call): Tensor[] {
  const [x, scale, bias] = [c.x(0), c.x(1), c.x(2)];
  const [epsilon, momentum] = [c.float("epsilon", 1e-5), c.float("momentum", 0.9)];
  c.ignore("spatial");
  if (x.rank < 2) throw c.refuse("expected examples and channels");
  const training = c.flag("training_mode");
  const axes = [0, ...from(x.rank, 2)];
  const kept = (y: Tensor) => (training ? cast(y, c.x(3).dtype) : y);
  const own = training ? mean(x, axes) : c.like(c.x(3), x);
  const spread = training ? mean(square(sub(x, channels(own, x))), axes) : c.like(c.x(4), x);
  const scaled = div(sub(x, channels(own, x)), sqrt(add(channels(spread, x), epsilon)));
  const y = add(mul(scaled, channels(c.like(scale, x), x)), channels(c.like(bias, x), x));
  if (!training) return [y];
  const running = (old: Tensor, now: Tensor) =>
    add(mul(old, momentum), mul(kept(now), 1 - momentum));
  return [y, running(c.x(3), own), running(c.x(4), spread)];
}

function instance(c: Call): Tensor {
  const x = c.x(0);
  const y = standard(x, from(x.rank, 2), c.float("epsilon", 1e-5));
  return add(mul(y, channels(c.x(1), x)), channels(c.x(2), x));
}

function group(c: Call): Tensor {
  const x = c.x(0);
  c.ignore("stash_type");
  const groups = c.int("num_groups");
  const [n, own] = x.type.shape as [number, number];
  if (x.rank < 2 || groups < 1 || own % groups !== 0)
    throw c.refuse(`${own} channels are not ${groups} equal groups`);
  const rest = x.type.shape.slice(2);
  const apart = reshape(x, [n, groups, (own / groups) * sizeOf(rest)]);
  const y = standard(apart, [2], c.float("epsilon", 1e-5));
  // Before opset 21 there is one scale for each group.
  if (c.opset < 21) {
    return reshape(
      add(mul(y, c.x(1).reshape([groups, 1])), c.x(2).reshape([groups, 1])),
      x.type.shape,
    );
  }
  return add(mul(reshape(y, x.type.shape), channels(c.x(1), x)), channels(c.x(2), x));
}

function layer(c: Call): (Tensor | undefined)[] {
  const x = c.x(0);
  c.ignore("stash_type");
  const axes = from(x.rank, c.axis(c.int("axis", -1), x.rank));
  const centre = mean(x, axes, true);
  const centred = sub(x, centre);
  const deviation = sqrt(add(mean(square(centred), axes, true), c.float("epsilon", 1e-5)));
  const y = mul(div(centred, deviation), c.x(1));
  const bias = c.maybe(2);
  return [
    bias ? add(y, bias) : y,
    c.wants(1) ? centre : undefined,
    c.wants(2) ? div(1, deviation) : undefined,
  ];
}

function rootMeanSquare(c: Call): Tensor {
  const x = c.x(0);
  c.ignore("stash_type");
  const axes = from(x.rank, c.axis(c.int("axis", -1), x.rank));
  const root = sqrt(add(mean(square(x), axes, true), c.float("epsilon", 1e-5)));
  return mul(div(x, root), c.like(c.x(1), x));
}

function ofLength(c: Call): Tensor {
  const x = c.x(0);
  const axis = c.axis(c.int("axis", -1), x.rank);
  const p = c.int("p", 2);
  if (p !== 1 && p !== 2)
    throw c.refuse(`the lpNorm of order ${p} is not covered; covered are 1 and 2`);
  const length = lpNorm(x, p, (y) => sum(y, axis, true));
  const isNone = equal(length, 0);
  return where(isNone, full([], 0, x.dtype), div(x, where(isNone, full([], 1, x.dtype), length)));
}

/** By the squares of the channels beside. */
function local(c: Call): Tensor {
  const x = c.x(0);
  const size = c.int("size");
  const [alpha, beta, bias] = [c.float("alpha", 1e-4), c.float("beta", 0.75), c.float("bias", 1)];
  if (x.rank < 3 || size < 1 || size > 4096)
    throw c.refuse("expected images, and a size from 1 to 4096");
  const before = Math.floor((size - 1) / 2);
  const amounts = x.type.shape.map((_, i): [number, number] =>
    i === 1 ? [before, size - 1 - before] : [0, 0],
  );
  const padded = pad(square(x), amounts);
  const n = x.type.shape[1]!;
  const total = Array.from({ length: size }, (_, i) => part(padded, 1, i, i + n)).reduce((a, b) =>
    add(a, b),
  );
  const base = add(mul(total, alpha / size), bias);
  return div(x, pow(base, full([], beta, x.dtype)));
}

export const normalizations: OpRows = {
  BatchNormalization: computing(batch, { keeps: [3, 4] }),
  InstanceNormalization: computing(instance),
  GroupNormalization: computing(group),
  LayerNormalization: computing(layer),
  RMSNormalization: computing(rootMeanSquare),
  LpNormalization: computing(ofLength),
  LRN: computing(local),
};
