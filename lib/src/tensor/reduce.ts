// Reductions and what is made of them: sums, means, maxima, norms.

import { flag, type Kind } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { isFloat, isInteger } from "../ir/dtype.ts";
import { otherAxes, showShape, sizeOf } from "../ir/shape.ts";
import { expectDType, FLOATS, NUMBERS } from "../ops/define.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { axesKind, axisKind, tensorKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import type { Axes, AxisError, Or, Reduce, Shape, Unless } from "../shapes/index.ts";
import { equal, notEqual } from "./comparison.ts";
import { full, onesLike } from "./create.ts";
import { abs, cast, div, mul, square, sub } from "./elementwise.ts";
import { broadcastTo, resolveAxes, resolveAxis } from "./operands/broadcast.ts";
import { rootOfSquares, squareScale } from "./scale.ts";

/** A reduction over one axis, several, or all (the default); keepDims keeps them with length 1. */
export type Reduction<Name extends string> = <
  S extends Shape,
  const X extends Axes | undefined = undefined,
  K extends boolean = false,
>(
  x: Tensor<S>,
  axes?: Unless<AxisError<Name, S, X>, X>,
  keepDims?: K,
) => Tensor<Or<Reduce<S, X, K>>>;

type AxesArgument = number | readonly number[] | undefined;

function reduction<Name extends string>(
  name: Name,
  f: (x: Tensor, axes: number[]) => Tensor,
): Reduction<Name> {
  const check = signature<typeof apply>(`${name}(x, axes?, keepDims?)`, tensorKind, axesKind, flag);
  function apply(x: Tensor, axes?: AxesArgument, keepDims = false): Tensor {
    check(arguments);
    const resolved = resolveAxes(name, x.type.shape, axes);
    const result = f(x, resolved);
    if (!keepDims) return result;
    const shape = x.type.shape.map((dim, axis) => (resolved.includes(axis) ? 1 : dim));
    return prims.reshape(result, { shape });
  }
  return apply as Reduction<Name>;
}

/** The total; bool and uint8 add up as int32. */
export const sum: Reduction<"sum"> = reduction("sum", (x, axes) => prims.sum(widen(x), { axes }));

/** The average, as a float. @throws ArgumentError over no elements at all: nothing has no average */
export const mean: Reduction<"mean"> = reduction("mean", (x, axes) => average("mean", x, axes));

/**
 * The largest element, NaN if there is one; its gradient goes to the first of equals. Over no elements
 * at all it is -Infinity, which is less than anything.
 * @throws ArgumentError over no elements of a whole type, which has no such number
 */
export const max: Reduction<"max"> = reduction("max", (x, axes) => largest("max", x, axes));

/** The smallest element, as `max` has the largest; over no elements at all Infinity. */
export const min: Reduction<"min"> = reduction("min", (x, axes) => {
  expectDType("min", x.type, NUMBERS);
  return reversed(largest("min", reversed(x), axes));
});

/**
 * The product; bool and uint8 multiply as int32. Halves are multiplied again and again, so that zeros
 * have the right gradient.
 */
export const prod: Reduction<"prod"> = reduction("prod", (x, axes) => product(widen(x), axes));

/** The average squared distance from the mean (divided by n, as NumPy does). */
export const variance: Reduction<"variance"> = reduction("variance", (x, axes) =>
  spread("variance", x, axes),
);

/** The square root of the variance, of very large and small numbers too; where it is 0 its slope is 0. */
export const std: Reduction<"std"> = reduction("std", (x, axes) => {
  const float = isFloat(x.dtype) ? x : cast(x, "float32");
  expectElements("std", x, axes);
  return overScaled("std", float, axes, (scaled) => spread("std", scaled, axes));
});

/** True where all elements are; numbers are, unless they are 0. */
export const all: Reduction<"all"> = reduction("all", (x, axes) => {
  const wrong = prims.sum(cast(prims.not(cast(x, "bool")), "int32"), { axes });
  return equal(wrong, 0);
});

/** True where any element is; numbers are, unless they are 0. */
export const any: Reduction<"any"> = reduction("any", (x, axes) => {
  const right = prims.sum(cast(cast(x, "bool"), "int32"), { axes });
  return notEqual(right, 0);
});

/** Orders of a norm: see `norm`. */
export type NormOrder = 1 | 2 | typeof Infinity | "fro";

const orderKind: Kind<NormOrder> = {
  says: '1, 2, Infinity, -Infinity or "fro"',
  fits: (x) => [1, 2, Infinity, -Infinity, "fro"].includes(x as NormOrder),
};
const checkNorm = signature<typeof norm>(
  "norm(x, order?, axes?, keepDims?)",
  tensorKind,
  orderKind,
  axesKind,
  flag,
);

/**
 * The norm of what lies along one axis, several, or all, taken as one vector: order 1 sums the sizes of its
 * elements, 2 (the default) is Euclid's, "fro" the same by the name that matrices have for it, Infinity
 * the largest size and -Infinity the least. Squares may be too large or too small for their type. Where all
 * numbers are 0 the slope is 0; that of the largest or least size goes to the first of equals.
 * @throws ArgumentError for the largest or least of no elements, DTypeError for integers in order 2
 */
export function norm<
  S extends Shape,
  const X extends Axes | undefined = undefined,
  K extends boolean = false,
>(
  x: Tensor<S>,
  order: NormOrder = 2,
  axes?: Unless<AxisError<"norm", S, X>, X>,
  keepDims?: K,
): Tensor<Or<Reduce<S, X, K>>> {
  checkNorm(arguments);
  return NORMS.get(order)!(x, axes as undefined, keepDims ?? false) as Tensor;
}

const l1: Reduction<"norm"> = reduction("norm", (x, axes) => prims.sum(abs(x), { axes }));

const l2: Reduction<"norm"> = reduction("norm", (x, axes) => {
  expectDType("norm", x.type, FLOATS);
  return overScaled("norm", x, axes, (scaled) => prims.sum(square(scaled), { axes }));
});

const most: Reduction<"norm"> = reduction("norm", (x, axes) => {
  expectElements("norm", x, axes);
  return largest("norm", abs(x), axes);
});

const least: Reduction<"norm"> = reduction("norm", (x, axes) => {
  expectElements("norm", x, axes);
  return reversed(largest("norm", reversed(abs(x)), axes));
});

const NORMS: ReadonlyMap<NormOrder, Reduction<"norm">> = new Map<NormOrder, Reduction<"norm">>([
  [1, l1],
  [2, l2],
  ["fro", l2],
  [Infinity, most],
  [-Infinity, least],
]);

/** The root of f(x), a sum or mean of squares, where the squares themselves may be out of range. */
function overScaled(op: string, x: Tensor, axes: number[], f: (x: Tensor) => Tensor): Tensor {
  const scale = squareScale(largest(op, abs(x), axes));
  const kept = x.type.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const scaled = mul(x, prims.reshape(scale, { shape: kept }));
  return div(rootOfSquares(f(scaled)), scale);
}

const checkArgmax = signature<typeof argmax>("argmax(x, axis?)", tensorKind, axisKind);

/** The place of the largest element along an axis, int32; the first of equals, and of NaN if there is one. */
export function argmax(x: Tensor, axis = -1): Tensor {
  checkArgmax(arguments);
  const along = resolveAxis("argmax", x.type.shape, axis);
  expectElements("argmax", x, [along]);
  return prims.argmax(x, { axis: along });
}

const checkArgmin = signature<typeof argmin>("argmin(x, axis?)", tensorKind, axisKind);

/** The place of the smallest element along an axis, int32; the first of equals, and of NaN if there is one. */
export function argmin(x: Tensor, axis = -1): Tensor {
  checkArgmin(arguments);
  const along = resolveAxis("argmin", x.type.shape, axis);
  expectDType("argmin", x.type, NUMBERS);
  expectElements("argmin", x, [along]);
  return prims.argmax(reversed(x), { axis: along });
}

const checkCumsum = signature<typeof cumsum>("cumsum(x, axis?)", tensorKind, axisKind);

/** Running totals along an axis; bool and uint8 add up as int32. */
export function cumsum<S extends Shape>(x: Tensor<S>, axis = -1): Tensor<S> {
  checkCumsum(arguments);
  const at = resolveAxis("cumsum", x.type.shape, axis);
  return prims.cumsum(widen(x), { axis: at, reverse: false });
}

/** Types too narrow for totals as int32. */
function widen(x: Tensor): Tensor {
  return x.dtype === "bool" || x.dtype === "uint8" ? cast(x, "int32") : x;
}

/** The same elements in reverse order of size. Whole numbers are mirrored without overflow. */
function reversed(x: Tensor): Tensor {
  if (!isInteger(x.dtype)) return prims.neg(x);
  return sub(x.dtype === "uint8" ? 255 : -1, x);
}

function expectElements(op: string, x: Tensor, axes: readonly number[]): void {
  if (axes.every((axis) => x.type.shape[axis]! > 0)) return;
  throw new ArgumentError(
    `${op}: shape ${showShape(x.shape)} has no elements along axis ${axes.join(", ")}`,
  );
}

/** reduceMax, which over no floats at all begins and ends with -Infinity. */
function largest(op: string, x: Tensor, axes: number[]): Tensor {
  const isEmpty = axes.some((axis) => x.type.shape[axis] === 0);
  if (!isEmpty || !isFloat(x.dtype)) {
    expectElements(op, x, axes);
    return prims.reduceMax(x, { axes });
  }
  const shape = otherAxes(x.rank, axes).map((axis) => x.type.shape[axis]!);
  return full(shape, Number.NEGATIVE_INFINITY, x.dtype);
}

function average(op: string, x: Tensor, axes: readonly number[]): Tensor {
  expectElements(op, x, axes);
  const float = isFloat(x.dtype) ? x : cast(x, "float32");
  const count = sizeOf(axes.map((axis) => x.type.shape[axis]!));
  return div(prims.sum(float, { axes }), count);
}

function spread(op: string, x: Tensor, axes: readonly number[]): Tensor {
  const kept = x.type.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const float = isFloat(x.dtype) ? x : cast(x, "float32");
  const center = prims.reshape(average(op, float, axes), { shape: kept });
  return average(op, square(sub(float, center)), axes);
}

function product(x: Tensor, axes: readonly number[]): Tensor {
  const kept = otherAxes(x.rank, axes);
  const shape = kept.map((axis) => x.type.shape[axis]!);
  const length = axes.reduce((size, axis) => size * x.type.shape[axis]!, 1);
  const moved = prims.transpose(x, { perm: [...kept, ...axes] });
  let rest = prims.reshape(moved, { shape: [...shape, length] });
  if (length === 0) return broadcastTo(onesLike(prims.sum(rest, { axes: [kept.length] })), shape);
  for (let n = length; n > 1; n = Math.ceil(n / 2)) {
    const half = Math.floor(n / 2);
    const halves = mul(part(rest, 0, half), part(rest, half, 2 * half));
    rest = n % 2 === 0 ? halves : prims.concat(halves, part(rest, n - 1, n), { axis: kept.length });
  }
  return prims.reshape(rest, { shape });
}

/** Elements from..to of the last axis. */
function part(x: Tensor, from: number, to: number): Tensor {
  const lead = x.type.shape.slice(0, -1);
  return prims.slice(x, {
    start: [...lead.map(() => 0), from],
    end: [...lead, to],
    step: x.type.shape.map(() => 1),
  });
}
