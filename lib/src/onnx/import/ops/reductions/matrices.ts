// Products of matrices.

import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { einsum } from "../../../../tensor/einsum/einsum.ts";
import { add, mul } from "../../../../tensor/elementwise.ts";
import { det } from "../../../../tensor/linalg/solve.ts";
import { matmul } from "../../../../tensor/linear.ts";
import { transpose } from "../../../../tensor/movement.ts";
import { broadcastShapes } from "../../../../tensor/operands/broadcast.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows } from "../../core/rows.ts";

/** alpha A B + beta C, each of A and B perhaps transposed. */
function gemm(c: Call): Tensor {
  const turned = (x: Tensor, flag: boolean) => (flag ? transpose(x, [1, 0]) : x);
  const a = turned(c.ranked(0, 2), c.flag("transA"));
  const b = turned(c.ranked(1, 2), c.flag("transB"));
  const [alpha, beta] = [c.float("alpha", 1), c.float("beta", 1)];
  const product = matmul(a, b);
  const scaled = alpha === 1 ? product : mul(product, alpha);
  const bias = c.maybe(2);
  return bias ? add(scaled, beta === 1 ? bias : mul(bias, beta)) : scaled;
}

/** The equation's text as einsum() of ours reads it. */
function contraction(c: Call): Tensor {
  return einsum(c.anyText("equation"), ...c.all());
}

/** Stacks of matrices broadcast, and a product of a column and a row may be larger than both. */
function product(c: Call): Tensor {
  const [a, b] = [c.x(0), c.x(1)];
  if (a.rank > 1 && b.rank > 1) {
    const [s, t] = [a.type.shape, b.type.shape];
    const stack = broadcastShapes(c.where, s.slice(0, -2), t.slice(0, -2));
    c.sized([...stack, s.at(-2)!, t.at(-1)!]);
  }
  return matmul(a, b);
}

export const linalg: OpRows = {
  MatMul: computing(product, { grows: "wide" }),
  Gemm: computing(gemm, { grows: "wide" }),
  Einsum: computing(contraction, { grows: "wide" }),
  Det: computing((c) => det(c.x(0))),
};
