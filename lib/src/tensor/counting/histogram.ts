// Elements counted between edges.

import {
  anything,
  count,
  either,
  expectOptions,
  finite,
  flag,
  type Kinds,
  listOf,
  worded,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { allFinite } from "../../ir/all-finite.ts";
import { isFloat } from "../../ir/dtype.ts";
import { showShape } from "../../ir/shape.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { equal, greaterEqual, isNan, less, logicalAnd, logicalNot, where } from "../comparison.ts";
import { tensor } from "../create.ts";
import { add, cast, div, mul, sub } from "../elementwise.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { checkShape } from "../operands/checks.ts";
import { max, min, sum } from "../reduce.ts";
import { addedUp } from "./bincount.ts";
import { slice } from "./found.ts";
import { searchSorted } from "./search.ts";

/** Options of histogram(). */
export interface BinOptions {
  /** The first and the last edge of bins of equal width; the least and the largest element if not given. */
  readonly range?: readonly [low: number, high: number];
  /** What each element counts, in the shape of x; 1 if not given. */
  readonly weights?: Tensor;
  /** True for a density, whose integral over the bins is 1. */
  readonly density?: boolean;
}

const HISTOGRAM: Kinds<BinOptions> = {
  range: worded("[low, high]", listOf(finite)) as never,
  weights: tensorKind,
  density: flag,
};
const binsKind = worded("how many bins, or a list of their edges", either(count, listOf(finite)));
const checkHistogram = signature<typeof histogram>(
  "histogram(x, bins?, { range, weights, density })",
  tensorKind,
  binsKind,
  anything,
);

/**
 * How many elements lie in each bin: `bins` of equal width (10 by default), or between the ascending edges
 * given. A bin includes its left edge, the last one both. What lies outside, and NaN, is not counted.
 * @returns counts [bins], int32, or of the weights' type, or floats for a density; and edges [bins + 1] as
 * floats. Without a range, of no elements, it is 0 to 1; around a single value half a unit either way.
 * @throws ArgumentError for a range or edges that do not ascend, and for NaN and infinity without a range
 */
export function histogram(
  x: Tensor,
  bins: number | readonly number[] = 10,
  options: BinOptions = {},
): { counts: Tensor<[number]>; edges: Tensor<[number]> } {
  checkHistogram(arguments);
  expectOptions("histogram", options, HISTOGRAM);
  const float = isFloat(x.dtype) ? x : cast(x, "float32");
  const row = prims.reshape(float, { shape: [x.size] });
  const edges = typeof bins === "number" ? evenEdges(row, bins, options.range) : edgesOf(bins, row);
  const length = edges.size - 1;
  const isLast = equal(row, broadcastTo(slice(edges, length, length + 1), [x.size]));
  const after = searchSorted(edges, row, "right"); // NaN is after all edges
  const place = where(isLast, length - 1, sub(after, 1));
  const isInside = logicalAnd(greaterEqual(place, 0), less(place, length));
  const places = where(logicalAnd(isInside, logicalNot(isNan(row))), place, length);
  const counts = addedUp("histogram", places, length, x, options.weights);
  if (!options.density) return { counts, edges };
  const amounts = isFloat(counts.dtype) ? counts : cast(counts, float.dtype);
  const widths = sub(slice(edges, 1, length + 1), slice(edges, 0, length));
  return { counts: div(amounts, mul(cast(widths, amounts.dtype), sum(amounts))), edges };
}

function edgesOf(list: readonly number[], { dtype }: Tensor): Tensor {
  const isAscending = list.every((edge, i) => i === 0 || edge >= list[i - 1]!);
  if (list.length >= 2 && isAscending) return tensor([...list], dtype);
  throw new ArgumentError(
    `histogram: expected at least two edges that ascend, received ${showShape(list)}`,
  );
}

function evenEdges(row: Tensor, bins: number, range?: readonly [number, number]): Tensor {
  checkShape("histogram", [bins + 1]);
  const [low, high] = range ? ends(range, row) : extent(row);
  const isPoint = equal(low, high);
  const from = where(isPoint, sub(low, 0.5), low);
  const to = where(isPoint, add(high, 0.5), high);
  const step = div(sub(to, from), bins);
  const all = [bins + 1];
  const steps = cast(prims.iota({ length: bins + 1, dtype: "int32" }), row.dtype);
  const even = add(mul(steps, broadcastTo(step, all)), broadcastTo(from, all));
  // The last edge is the end itself, which rounding may have missed.
  return prims.stopGradient(where(equal(steps, bins), broadcastTo(to, all), even));
}

function ends([low, high]: readonly number[], { dtype }: Tensor): [Tensor, Tensor] {
  if (low !== undefined && high !== undefined && low <= high) {
    return [tensor(low, dtype), tensor(high, dtype)];
  }
  throw new ArgumentError(`histogram: expected a range low <= high, received ${low} to ${high}`);
}

function extent(row: Tensor): [Tensor, Tensor] {
  if (row.size === 0) return [tensor(0, row.dtype), tensor(1, row.dtype)];
  const { known } = row.read().parts;
  if (known && !allFinite(known)) {
    throw new ArgumentError(
      "histogram: expected finite numbers, whose least and largest are the edges, or the option range",
    );
  }
  return [min(row), max(row)];
}
