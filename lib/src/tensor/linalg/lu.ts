// P A = L U by elimination with row exchanges: what solve, inv and det are made of.

import { prims } from "../../runtime/interpreter/apply.ts";
import { scan } from "../../runtime/loops/scan.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { equal, greater, where } from "../comparison.ts";
import { ones } from "../create.ts";
import { abs, add, cast, div, mul, neg, sub } from "../elementwise.ts";
import { gatherRows } from "../gather.ts";
import { matmul } from "../linear.ts";
import { tril, triu } from "../matrices/triangles.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { sum } from "../reduce.ts";
import { withTangents } from "./rule.ts";
import { suffixes, turned, unitRows } from "./stacks.ts";
import { substitute } from "./triangular.ts";

/** L below the diagonal, its ones left out, and U on and above it; rows of A in their new order; its parity. */
export interface Factors {
  /** [stack, n, n] */
  readonly lu: Tensor;
  /** Whole numbers [stack, n]: row i of P A is row order[i] of A. */
  readonly order: Tensor;
  /** 1 or -1: [stack]. */
  readonly sign: Tensor;
}

interface Step {
  /** One at the place of the column, [n]; from there on; behind it. */
  readonly unit: Tensor;
  readonly from: Tensor;
  readonly behind: Tensor;
}

/** Outer products, one column after the other (Golub & Van Loan, 3.4.1). A [stack, n, n]. */
function eliminate(a: Tensor): Factors {
  const [stack, n] = a.type.shape as [number, number];
  const dtype = a.dtype as "float32";
  const column = (x: Tensor) => prims.reshape(x, { shape: [...x.type.shape, 1] });
  const row = (x: Tensor) => prims.reshape(x, { shape: [...x.type.shape.slice(0, -1), 1, n] });
  const counts = prims.iota({ length: n, dtype: "int32" });
  const step = ({ lu, order, sign }: Factors, { unit, from, behind }: Step): [Factors, null] => {
    const size = where(greater(from, 0), abs(sum(mul(lu, unit), -1)), -1); // [stack, n]
    const best = column(prims.argmax(size, { axis: 1 })); // [stack, 1]
    const [here, there] = [greater(unit, 0), equal(counts, best)];
    const exchanged = (x: Tensor, at: (mask: Tensor) => Tensor) => {
      const pick = (mask: Tensor) => sum(mul(x, cast(at(mask), x.dtype)), 1, true); // that one row
      const [own, other] = [pick(broadcastTo(here, [stack, n])), pick(there)];
      return where(at(here), other, where(at(there), own, x));
    };
    const rows = exchanged(lu, column);
    const pivotRow = sum(mul(rows, column(unit)), 1); // [stack, n]
    const pivot = sum(mul(pivotRow, unit), -1, true); // [stack, 1]
    // Where a whole column is zero there is nothing to divide, and U keeps the zero.
    const factors = mul(div(sum(mul(rows, unit), -1), where(equal(pivot, 0), 1, pivot)), behind);
    const rest = sub(rows, mul(column(factors), row(mul(pivotRow, behind))));
    const below = mul(column(behind), row(unit));
    return [
      {
        lu: where(greater(below, 0), column(factors), rest),
        order: exchanged(order, (mask) => mask),
        sign: where(equal(sum(mul(cast(there, dtype), unit), -1), 1), sign, neg(sign)),
      },
      null,
    ];
  };
  const initial = {
    lu: a,
    order: broadcastTo(counts, [stack, n]),
    sign: ones([stack], dtype),
  };
  const steps = {
    unit: unitRows(n, dtype),
    from: suffixes(n, dtype, false),
    behind: suffixes(n, dtype, true),
  };
  return scan(step, initial, steps)[0];
}

const unitLower = (lu: Tensor): Tensor => {
  const [, n] = lu.type.shape as [number, number];
  return add(tril(lu, -1), unitRows(n, lu.dtype as "float32"));
};

const factored = withTangents(
  "lu",
  (a) => {
    const { lu, order, sign } = eliminate(a!);
    // As floats: what is recorded beside eager numbers keeps results of floats alone.
    return [lu, cast(order, lu.dtype), sign];
  },
  // With F = L^-1 P dA U^-1: dL = L tril(F, -1), dU = triu(F) U.
  (_, [lu, order, sign], [da]) => {
    const [lower, upper] = [unitLower(lu!), triu(lu!)];
    const left = substitute(lower, reordered(da!, order!), true);
    const f = turned(substitute(turned(upper), turned(left), true));
    const dlu = add(matmul(lower, tril(f, -1)), matmul(triu(f), upper));
    return [dlu, sub(order!, order!), sub(sign!, sign!)];
  },
);

/** The factors of a stack of matrices, with derivatives. */
export function factorize(a: Tensor): Factors {
  const [lu, order, sign] = factored(a) as [Tensor, Tensor, Tensor];
  return { lu, order, sign };
}

/** P B: the rows of B [stack, n, k] in their new order. */
function reordered(b: Tensor, order: Tensor): Tensor {
  const { shape } = b.type;
  const places = prims.reshape(cast(order, "int32"), { shape: [...order.type.shape, 1] });
  return gatherRows(b, broadcastTo(places, shape), 1, (flat) => flat);
}

/** A^-1 B by the factors of A. Linear in B. */
export function solveFactored(lu: Tensor, order: Tensor, b: Tensor): Tensor {
  return substitute(triu(lu), substitute(unitLower(lu), reordered(b, order), true), false);
}
