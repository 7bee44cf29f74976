// Activations, softmax among them.

import { sizeOf } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { greater, less, where } from "../../../../tensor/comparison.ts";
import { full, oneHot } from "../../../../tensor/create.ts";
import {
  abs,
  add,
  cast,
  clip,
  div,
  erf,
  exp,
  expm1,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  relu,
  sigmoid,
  sub,
  tanh,
} from "../../../../tensor/elementwise.ts";
import { reshape, transpose } from "../../../../tensor/movement.ts";
import { argmax } from "../../../../tensor/reduce.ts";
import { logSoftmax, softmax } from "../../../../tensor/softmax.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows, type Row } from "../../core/rows.ts";

/** log(1 + e^x) that does not overflow. */
export const softplusOf = (x: Tensor): Tensor => add(relu(x), log1p(exp(neg(abs(x)))));

/** alpha (e^x - 1) below 0, x above, both times scale. */
export function eluOf(x: Tensor, alpha: number, scale = 1): Tensor {
  const below = mul(expm1(minimum(x, 0)), alpha);
  return mul(where(greater(x, 0), x, below), scale);
}

export const leaky = (x: Tensor, alpha: number): Tensor => where(less(x, 0), mul(x, alpha), x);
export const hardSigmoidOf = (x: Tensor, alpha: number, beta: number): Tensor =>
  clip(add(mul(x, alpha), beta), 0, 1);
export const softsignOf = (x: Tensor): Tensor => div(x, add(abs(x), 1));
export const aboveOnly = (x: Tensor, alpha: number): Tensor =>
  where(greater(x, alpha), x, full([], 0, x.dtype));

function gelu(c: Call): Tensor {
  const x = c.x(0);
  if (c.text("approximate", "none", ["none", "tanh"]) === "none") {
    return mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
  }
  const inner = mul(add(x, mul(mul(mul(x, x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return mul(mul(x, 0.5), add(tanh(inner), 1));
}

function shrink(c: Call): Tensor {
  const [bias, lambda] = [c.float("bias", 0), c.float("lambd", 0.5)];
  const given = c.x(0);
  const x = given.dtype === "uint8" ? cast(given, "int32") : given;
  const nothing = full([], 0, x.dtype);
  const low = where(less(x, -lambda), add(x, bias), nothing);
  return c.like(where(greater(x, lambda), sub(x, bias), low), given);
}

/** Before opset 13 all axes from one on are one; from 13 on it is one axis alone. */
function alongOne(c: Call, f: (x: Tensor, axis: number) => Tensor): Tensor {
  const x = c.x(0);
  const axis = c.int("axis", c.opset < 13 ? 1 : -1);
  if (c.opset >= 13) return f(x, c.axis(axis, x.rank));
  const at = axis < 0 ? axis + x.rank : axis;
  if (at < 0 || at > x.rank) throw c.refuse(`axis ${axis} is out of range for ${x.rank} axes`);
  const { shape } = x.type;
  const flat = reshape(x, [sizeOf(shape.slice(0, at)), sizeOf(shape.slice(at))]);
  return reshape(f(flat, 1), shape);
}

/** 1 at the first largest, 0 elsewhere. */
function hardmax(x: Tensor, axis: number): Tensor {
  const n = x.type.shape[axis]!;
  const last = cast(oneHot(argmax(x, axis), n), x.dtype);
  const order = Array.from({ length: x.rank - 1 }, (_, i) => i);
  return transpose(last, order.toSpliced(axis, 0, x.rank - 1));
}

function clipped(c: Call): Tensor {
  const x = c.x(0);
  if (c.opset < 11) {
    const above = c.has("min") ? maximum(x, c.float("min")) : x;
    return c.has("max") ? minimum(above, c.float("max")) : above;
  }
  const [low, high] = [c.maybe(1), c.maybe(2)];
  const raised = low ? maximum(x, low) : x;
  return high ? minimum(raised, high) : raised;
}

const swish = (x: Tensor, alpha: number): Tensor =>
  mul(x, sigmoid(alpha === 1 ? x : mul(x, alpha)));
const simple = (f: (x: Tensor, c: Call) => Tensor): Row => computing((c) => f(c.x(0), c));

export const activations: OpRows = {
  Relu: simple((x) => relu(x)),
  Sigmoid: simple((x) => sigmoid(x)),
  LeakyRelu: simple((x, c) => leaky(x, c.float("alpha", 0.01))),
  PRelu: computing((c) => where(less(c.x(0), 0), mul(c.x(0), c.x(1)), c.x(0))),
  Elu: simple((x, c) => eluOf(x, c.float("alpha", 1))),
  Selu: simple((x, c) =>
    eluOf(x, c.float("alpha", Math.fround(1.6732632)), c.float("gamma", Math.fround(1.050701))),
  ),
  Celu: simple((x, c) => {
    const alpha = c.float("alpha", 1);
    return add(relu(x), minimum(mul(expm1(div(x, alpha)), alpha), 0));
  }),
  HardSigmoid: simple((x, c) => hardSigmoidOf(x, c.float("alpha", 0.2), c.float("beta", 0.5))),
  HardSwish: simple((x) => mul(x, hardSigmoidOf(x, 1 / 6, 0.5))),
  Softplus: simple((x) => softplusOf(x)),
  Softsign: simple((x) => softsignOf(x)),
  ThresholdedRelu: simple((x, c) => aboveOnly(x, c.float("alpha", 1))),
  Gelu: computing(gelu),
  Mish: simple((x) => mul(x, tanh(softplusOf(x)))),
  Swish: simple((x, c) => swish(x, c.float("alpha", 1))),
  SwiGLU: computing((c) => mul(swish(c.x(0), c.float("alpha", 1)), c.x(1))),
  Shrink: computing(shrink),
  Softmax: computing((c) => alongOne(c, softmax)),
  LogSoftmax: computing((c) => alongOne(c, logSoftmax)),
  Hardmax: computing((c) => alongOne(c, hardmax)),
  Clip: computing(clipped),
  Binarizer: simple((x, c) => cast(greater(x, c.float("threshold", 0)), x.dtype)),
};
