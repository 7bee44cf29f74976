// The rows of the optimizers, of ai.onnx.preview.training: each steps any number of tensors at once.

import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { equal, where } from "../../../../tensor/comparison.ts";
import { full } from "../../../../tensor/create.ts";
import { add, cast, div, mul, pow, sqrt, square, sub } from "../../../../tensor/elementwise.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows } from "../../core/rows.ts";

/**
 * Rate, count of updates, then all x, all gradients, and all states of each sort.
 * @returns all new x, then all new states of each sort
 */
function optimizer(
  c: Call,
  sorts: number,
  step: (x: Tensor, g: Tensor, states: readonly Tensor[]) => Tensor[],
): Tensor[] {
  const n = (c.count - 2) / (2 + sorts);
  if (!Number.isInteger(n) || n < 1)
    throw c.refuse(`${c.count} inputs are no tensors with their gradients and states`);
  const results = Array.from({ length: n }, (_, i) => {
    const states = Array.from({ length: sorts }, (_, k) => c.x(2 + (2 + k) * n + i));
    return step(c.x(2 + i), c.x(2 + n + i), states);
  });
  return Array.from({ length: 1 + sorts }, (_, k) => results.map((list) => list[k]!)).flat();
}

/** A number among the tensors x that it meets, of their type. */
const meeting = (value: Tensor, x: Tensor): Tensor => cast(value, x.dtype).reshape([]);

function momentum(c: Call): Tensor[] {
  const [alpha, beta, decay] = [c.float("alpha"), c.float("beta"), c.float("norm_coefficient")];
  const nesterov = c.text("mode", "standard", ["standard", "nesterov"]) === "nesterov";
  return optimizer(c, 1, (x, g, [v]) => {
    const slope = add(mul(x, decay), g);
    const first = equal(meeting(c.x(1), x), 0);
    const share = where(first, full([], 1, x.dtype), full([], beta, x.dtype));
    const next = add(mul(v!, alpha), mul(slope, share));
    const by = nesterov ? add(slope, mul(next, alpha)) : next;
    return [sub(x, mul(meeting(c.x(0), x), by)), next];
  });
}

function adagrad(c: Call): Tensor[] {
  const [decay, fade] = [c.float("norm_coefficient", 0), c.float("decay_factor", 0)];
  const epsilon = c.float("epsilon", 1e-6);
  return optimizer(c, 1, (x, g, [h]) => {
    const rate = div(meeting(c.x(0), x), add(mul(meeting(c.x(1), x), fade), 1));
    const slope = add(mul(x, decay), g);
    const next = add(h!, square(slope));
    return [sub(x, div(mul(slope, rate), add(sqrt(next), epsilon))), next];
  });
}

function adam(c: Call): Tensor[] {
  const [alpha, beta] = [c.float("alpha", 0.9), c.float("beta", 0.999)];
  const [epsilon, decay] = [c.float("epsilon", 1e-6), c.float("norm_coefficient", 0)];
  const after = c.float("norm_coefficient_post", 0);
  return optimizer(c, 2, (x, g, [v, h]) => {
    const slope = add(mul(x, decay), g);
    const nextV = add(mul(v!, alpha), mul(slope, 1 - alpha));
    const nextH = add(mul(h!, beta), mul(square(slope), 1 - beta));
    const t = meeting(c.x(1), x);
    const left = (b: number) => sub(1, pow(full([], b, x.dtype), t));
    const corrected = div(sqrt(left(beta)), left(alpha));
    const plain = meeting(c.x(0), x);
    const rate = where(equal(t, 0), plain, mul(plain, corrected));
    const moved = sub(x, div(mul(nextV, rate), add(sqrt(nextH), epsilon)));
    return [mul(moved, 1 - after), nextV, nextH];
  });
}

export const optimizers: OpRows = {
  Momentum: computing(momentum),
  Adagrad: computing(adagrad),
  Adam: computing(adam),
};
