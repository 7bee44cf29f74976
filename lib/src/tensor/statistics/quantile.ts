// Medians and quantiles: numbers below which a share of all lies.

import {
  anything,
  either,
  expectOptions,
  flag,
  fraction,
  type Kinds,
  listOf,
  oneOf,
  worded,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { isFloat } from "../../ir/dtype.ts";
import { otherAxes, showShape, sizeOf } from "../../ir/shape.ts";
import { roundOf } from "../../ops/arithmetic/special.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { axesKind, tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Axes, AxisError, Or, Reduce, Shape, Unless } from "../../shapes/index.ts";
import { equal, isNan, logicalAnd, where } from "../comparison.ts";
import { add, cast, mul, sub } from "../elementwise.ts";
import { stack } from "../joining.ts";
import { isInf } from "../math/closeness.ts";
import { resolveAxes } from "../operands/broadcast.ts";
import { sort } from "../sorting.ts";

/**
 * How a quantile between two elements is found. Those with names of people and formulas are Hyndman and
 * Fan's (Sample Quantiles in Statistical Packages, 1996), 6 to 9 and 4: "linear" is their 7.
 */
export type QuantileMethod =
  | "linear"
  | "lower"
  | "higher"
  | "nearest"
  | "midpoint"
  | "invertedCdf"
  | "interpolatedInvertedCdf"
  | "hazen"
  | "weibull"
  | "medianUnbiased"
  | "normalUnbiased";

type Place = (n: number, q: number) => number;

/** Place n q + a + q (1 - a - b) - 1, counted from 0. */
const between =
  (a: number, b: number): Place =>
  (n, q) =>
    n * q + a + q * (1 - a - b) - 1;
const spaced = between(1, 1);

/** The place of a quantile among n sorted elements, perhaps between two. */
const PLACES: Readonly<Record<QuantileMethod, Place>> = {
  linear: spaced,
  lower: (n, q) => Math.floor(spaced(n, q)),
  higher: (n, q) => Math.ceil(spaced(n, q)),
  nearest: (n, q) => roundOf(spaced(n, q)),
  midpoint: (n, q) => (Math.floor(spaced(n, q)) + Math.ceil(spaced(n, q))) / 2,
  invertedCdf: (n, q) => Math.ceil(n * q) - 1,
  interpolatedInvertedCdf: between(0, 1),
  hazen: between(0.5, 0.5),
  weibull: between(0, 0),
  medianUnbiased: between(1 / 3, 1 / 3),
  normalUnbiased: between(3 / 8, 3 / 8),
};

const METHODS = Object.keys(PLACES) as QuantileMethod[];

/** Options of quantile(): "linear" interpolation, and reduced axes gone, by default. */
export interface QuantileOptions<K extends boolean = boolean> {
  readonly method?: QuantileMethod;
  readonly keepDims?: K;
}

const OPTIONS: Kinds<QuantileOptions> = { method: oneOf(...METHODS), keepDims: flag };
const sharesKind = worded(
  "a number from 0 to 1, or a list of them",
  either(fraction, listOf(fraction)),
);

const checkQuantile = signature<typeof quantile>(
  "quantile(x, q, axes?, { method, keepDims })",
  tensorKind,
  sharesKind,
  axesKind,
  anything,
);

/**
 * The number below which a share q of the elements lies, over one axis, several, or all (the default), as a
 * float: NaN where any element is. A list of shares gives one result each, along a new first axis.
 * Gradients go to the elements that the result is made of.
 * @throws ArgumentError for a share outside 0..1, or over no elements at all
 */
export function quantile<
  S extends Shape,
  Q extends number | readonly number[],
  const X extends Axes | undefined = undefined,
  K extends boolean = false,
>(
  x: Tensor<S>,
  q: Q,
  axes?: Unless<AxisError<"quantile", S, X>, X>,
  options: QuantileOptions<K> = {},
): Tensor<Q extends number ? Or<Reduce<S, X, K>> : any> {
  checkQuantile(arguments);
  expectOptions("quantile", options, OPTIONS);
  const { method = "linear", keepDims = false } = options;
  const shares: readonly number[] = typeof q === "number" ? [q] : q;
  const found = quantiles("quantile", x, shares, { axes: axes as Axes, method, keepDims });
  if (typeof q === "number") return found[0]!;
  if (found.length > 0) return stack(found as Tensor[]) as Tensor;
  throw new ArgumentError("quantile: expected at least one share, received []");
}

const checkMedian = signature<typeof median>(
  "median(x, axes?, keepDims?)",
  tensorKind,
  axesKind,
  flag,
);

/**
 * The middle element, or the average of the middle two, over one axis, several, or all (the default), as
 * a float; NaN where any element is. (PyTorch's is the lower of the two: quantile(x, 0.5, axes, { method:
 * "lower" }).)
 * @throws ArgumentError over no elements at all
 */
export function median<
  S extends Shape,
  const X extends Axes | undefined = undefined,
  K extends boolean = false,
>(
  x: Tensor<S>,
  axes?: Unless<AxisError<"median", S, X>, X>,
  keepDims?: K,
): Tensor<Or<Reduce<S, X, K>>> {
  checkMedian(arguments);
  const options = { axes: axes as Axes, method: "linear", keepDims: keepDims ?? false } as const;
  return quantiles("median", x, [0.5], options)[0]! as Tensor;
}

interface How {
  readonly axes: Axes | undefined;
  readonly method: QuantileMethod;
  readonly keepDims: boolean;
}

function quantiles(op: string, x: Tensor, shares: readonly number[], how: How): Tensor[] {
  const { shape } = x.type;
  const axes = resolveAxes(op, shape, how.axes);
  const kept = otherAxes(x.rank, axes);
  const lead = kept.map((axis) => shape[axis]!);
  const n = sizeOf(axes.map((axis) => shape[axis]!));
  if (n === 0) {
    throw new ArgumentError(
      `${op}: shape ${showShape(shape)} has no elements along axis ${axes.join(", ")}`,
    );
  }
  const float = isFloat(x.dtype) ? x : cast(x, "float32");
  const moved = prims.transpose(float, { perm: [...kept, ...axes] });
  const sorted = sort(prims.reshape(moved, { shape: [...lead, n] }), -1);
  const element = (i: number) =>
    prims.reshape(
      prims.slice(sorted, {
        start: [...lead.map(() => 0), i],
        end: [...lead, i + 1],
        step: sorted.type.shape.map(() => 1),
      }),
      { shape: how.keepDims ? shape.map((dim, i) => (axes.includes(i) ? 1 : dim)) : lead },
    );
  const last = element(n - 1); // NaN, if there is one
  return shares.map((q) => {
    const place = Math.min(Math.max(PLACES[how.method](n, q), 0), n - 1);
    const [low, share] = [Math.floor(place), place % 1];
    const value = share === 0 ? element(low) : mixed(element(low), element(low + 1), share);
    return low === n - 1 ? value : where(isNan(last), last, value);
  });
}

/** a + (b - a) share, from the nearer end; of two equal infinities, that. */
function mixed(a: Tensor, b: Tensor, share: number): Tensor {
  const isSame = logicalAnd(equal(a, b), isInf(a));
  const width = sub(where(isSame, 0, b), where(isSame, 0, a));
  return share < 0.5 ? add(a, mul(width, share)) : sub(b, mul(width, 1 - share));
}
