// The rows of the ops that reduce or run along axes.

import type { DType } from "../../../../ir/dtype.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part } from "../../../../tensor/arranging/roll.ts";
import { cumprod } from "../../../../tensor/arranging/running.ts";
import { where } from "../../../../tensor/comparison.ts";
import { full } from "../../../../tensor/create.ts";
import {
  abs,
  add,
  cast,
  div,
  exp,
  log,
  sqrt,
  square,
  stopGradient,
  sub,
} from "../../../../tensor/elementwise.ts";
import { concat } from "../../../../tensor/joining.ts";
import { isFinite as finite } from "../../../../tensor/math/closeness.ts";
import { expandDims, flip } from "../../../../tensor/movement.ts";
import { argmax, argmin, cumsum, max, mean, min, prod, sum } from "../../../../tensor/reduce.ts";
import type { Call } from "../../core/call.ts";
import { INT64 } from "../../core/elements.ts";
import { computing, type OpRows, type Row, reading } from "../../core/rows.ts";
import { linalg } from "./matrices.ts";

const same = (x: Tensor): Tensor => x;
const GROWS = { grows: "wide" } as const;

type Reduction = (x: Tensor, axes: readonly number[]) => Tensor;

/**
 * Axes are an attribute at first and an input later; no axes mean all, or none where the node says so.
 * @param since from which opset on the axes are an input
 */
function reduction(
  since: number,
  f: Reduction,
  before: (x: Tensor) => Tensor = same,
  more: Partial<Row> = {},
): Row {
  const run = (c: Call): Tensor => {
    const x = c.x(0);
    const keep = c.flag("keepdims", true);
    const isNone = c.opset >= since && c.flag("noop_with_empty_axes");
    const given = c.opset >= since ? c.numbersOr(1, undefined) : c.ints("axes");
    const all = x.type.shape.map((_, axis) => axis);
    if ((given ?? []).length === 0 && isNone) return before(x);
    const axes = given && given.length > 0 ? c.axes(given, x.rank) : all;
    const result = f(x, axes);
    if (!keep) return c.like(result, x);
    return c.like(
      sized(
        result,
        x.type.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim)),
      ),
      x,
    );
  };
  return reading([1], run, more);
}

const sized = (x: Tensor, shape: readonly number[]): Tensor => x.reshape([...shape]);

/** Extremes of no elements, and of types without an infinity. */
function extreme(f: typeof max, least: (x: Tensor) => number): Reduction {
  return (x, axes) => {
    if (axes.some((axis) => x.type.shape[axis] === 0)) {
      const kept = x.type.shape.filter((_, axis) => !axes.includes(axis));
      return full(kept, least(x), x.dtype);
    }
    return x.dtype === "bool" ? cast(f(cast(x, "uint8"), axes), "bool") : f(x, axes);
  };
}

/** log(sum(exp(x))) that does not overflow; infinities stay what they are. */
function logSumExp(x: Tensor, axes: readonly number[]): Tensor {
  if (axes.some((axis) => x.type.shape[axis] === 0)) return log(sum(x, axes));
  const most = stopGradient(max(x, axes, true));
  const shift = where(finite(most), most, full([], 0, x.dtype));
  const total = sum(exp(sub(x, shift)), axes);
  return add(log(total), sized(shift, total.type.shape));
}

/** Least and greatest number of each type. */
const ENDS: Readonly<Record<DType, readonly [number, number]>> = {
  float32: [-Infinity, Infinity],
  float64: [-Infinity, Infinity],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  bool: [0, 1],
};
const lowest = (x: Tensor): number => ENDS[x.dtype][0];
const highest = (x: Tensor): number => ENDS[x.dtype][1];

/** The place of the first or the last extreme. */
function place(f: typeof argmax): Row {
  return computing((c) => {
    const x = c.x(0);
    const axis = c.axis(c.int("axis", 0), x.rank);
    const keep = c.flag("keepdims", true);
    const last = c.opset >= 12 && c.flag("select_last_index");
    const found = last ? sub(x.type.shape[axis]! - 1, f(flip(x, [axis]), axis)) : f(x, axis);
    c.says(0, INT64);
    return keep ? expandDims(found, axis) : found;
  });
}

/** Running sums or products; exclusive ones leave out the element itself. */
function running(f: (x: Tensor, axis: number) => Tensor, start: number): Row {
  const run = (c: Call): Tensor => {
    const x = c.x(0);
    const axis = c.axis(c.number(1), x.rank);
    const reverse = c.flag("reverse");
    const turned = reverse ? flip(x, [axis]) : x;
    const n = x.type.shape[axis]!;
    const moved = () => {
      const first = full(x.type.shape.with(axis, 1), start, x.dtype);
      return concat([first, part(turned, axis, 0, n - 1)], axis);
    };
    const result = f(c.flag("exclusive") && n > 0 ? moved() : turned, axis);
    return reverse ? flip(result, [axis]) : result;
  };
  return reading([1], run, GROWS);
}

function meanVariance(c: Call): Tensor {
  const x = c.x(0);
  const axes = c.axes(c.ints("axes") ?? [0, 2, 3], x.rank);
  const centred = sub(x, mean(x, axes, true));
  return div(centred, add(sqrt(mean(square(centred), axes, true)), 1e-9));
}

export const reductions: OpRows = {
  ReduceSum: reduction(13, (x, axes) => sum(x, axes), same, GROWS),
  ReduceMean: reduction(18, (x, axes) => mean(x, axes)),
  ReduceMax: reduction(18, extreme(max, lowest)),
  ReduceMin: reduction(18, extreme(min, highest)),
  ReduceProd: reduction(18, (x, axes) => prod(x, axes), same, GROWS),
  ReduceL1: reduction(
    18,
    (x, axes) => sum(abs(x), axes),
    (x) => abs(x),
    GROWS,
  ),
  ReduceL2: reduction(
    18,
    (x, axes) => sqrt(sum(square(x), axes)),
    (x) => abs(x),
  ),
  ReduceSumSquare: reduction(
    18,
    (x, axes) => sum(square(x), axes),
    (x) => square(x),
    GROWS,
  ),
  ReduceLogSum: reduction(
    18,
    (x, axes) => log(sum(x, axes)),
    (x) => log(x),
  ),
  ReduceLogSumExp: reduction(18, logSumExp),
  ArgMax: place(argmax),
  ArgMin: place(argmin),
  CumSum: running((x, axis) => cumsum(x, axis), 0),
  CumProd: running((x, axis) => cumprod(x, axis), 1),
  MeanVarianceNormalization: computing(meanVariance),
  ...linalg,
};
