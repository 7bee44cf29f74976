// Functions that rearrange: reshape, transpose, join, split, pad.

import { either, listOf, number, worded } from "../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { sameShape, showShape, sizeOf } from "../ir/shape.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { axesKind, axisKind, shapeKind, tensorKind, tensorsKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import type {
  Concat,
  ConcatError,
  Fits,
  NoNegative,
  Or,
  Shape,
  Stack,
  StackError,
} from "../shapes/index.ts";
import { broadcastTo, resolveAxes, resolveAxis } from "./broadcast.ts";
import type { OrderError, Permuted } from "./method-types.ts";
import { numberLike } from "./operands/checks.ts";
import { mergeAxes } from "./operands/merge-axes.ts";

const orderKind = worded("a list of axes", listOf(number));
const partsKind = worded(
  "how many parts, or a list of their lengths",
  either(number, listOf(number)),
);
const pairsKind = worded("a list of pairs [before, after]", listOf(listOf(number)));

const checkReshape = signature<typeof reshape>("reshape(x, shape)", tensorKind, shapeKind);

/** The same elements in another shape; one length may be -1 and follows from the others. */
export function reshape<const T extends Shape>(x: Tensor, shape: T): Tensor<NoNegative<T>> {
  checkReshape(arguments);
  const open = shape.indexOf(-1);
  const others = shape.filter((_, axis) => axis !== open);
  const rest = sizeOf(others);
  const wrong =
    !others.every((dim) => Number.isInteger(dim) && dim >= 0) ||
    (open >= 0 ? rest === 0 || x.size % rest !== 0 : rest !== x.size);
  if (wrong) {
    throw new ShapeError(
      `reshape: ${showShape(x.shape)} has ${x.size} elements and cannot take shape ` +
        `${showShape(shape)}`,
    );
  }
  const resolved = shape.map((dim) => (dim === -1 ? x.size / rest : dim));
  return prims.reshape(x, { shape: resolved });
}

const checkTranspose = signature<typeof transpose>("transpose(x, axes?)", tensorKind, orderKind);

/** The axes in the order given, or reversed. */
export function transpose<S extends Shape, const P extends Shape | undefined = undefined>(
  x: Tensor<S>,
  axes?: Fits<Permuted<S, P>, P, OrderError<S, P>>,
): Tensor<Or<Permuted<S, P>>> {
  checkTranspose(arguments);
  const order = axes as readonly number[] | undefined;
  const rank = x.rank;
  const perm = order
    ? order.map((axis) => (axis < 0 ? axis + rank : axis))
    : Array.from({ length: rank }, (_, i) => rank - 1 - i);
  if (perm.length !== rank || x.type.shape.some((_, axis) => !perm.includes(axis))) {
    throw new ShapeError(
      `transpose: axes ${showShape(order!)} do not permute shape ${showShape(x.shape)}`,
    );
  }
  return prims.transpose(x, { perm });
}

const checkSwapAxes = signature<typeof swapAxes>(
  "swapAxes(x, a, b)",
  tensorKind,
  axisKind,
  axisKind,
);

/** Two axes exchanged. */
export function swapAxes(x: Tensor, a: number, b: number): Tensor {
  checkSwapAxes(arguments);
  const [i, j] = [a, b].map((axis) => resolveAxis("swapAxes", x.type.shape, axis));
  const perm = x.type.shape.map((_, axis) => axis);
  [perm[i!], perm[j!]] = [perm[j!]!, perm[i!]!];
  return prims.transpose(x, { perm });
}

const checkExpandDims = signature<typeof expandDims>("expandDims(x, axis?)", tensorKind, axisKind);

/** A new axis of length 1, at `axis` of the result. */
export function expandDims(x: Tensor, axis = 0): Tensor {
  checkExpandDims(arguments);
  const at = newAxis("expandDims", x.type.shape, axis);
  return prims.reshape(x, { shape: x.type.shape.toSpliced(at, 0, 1) });
}

/** Where an axis is put in, from 0 to the rank; negative ones count from the end of the result. */
function newAxis(op: string, shape: readonly number[], axis: number): number {
  const rank = shape.length;
  if (Number.isInteger(axis) && axis >= -rank - 1 && axis <= rank) {
    return axis < 0 ? axis + rank + 1 : axis;
  }
  throw new ArgumentError(`${op}: axis ${axis} cannot be put into shape ${showShape(shape)}`);
}

const checkSqueeze = signature<typeof squeeze>("squeeze(x, axes?)", tensorKind, axesKind);

/** Without its axes of length 1, or without the given ones. */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  checkSqueeze(arguments);
  const gone =
    axes === undefined
      ? x.type.shape.flatMap((dim, axis) => (dim === 1 ? [axis] : []))
      : resolveAxes("squeeze", x.type.shape, axes);
  const long = gone.find((axis) => x.type.shape[axis] !== 1);
  if (long !== undefined) {
    throw new ShapeError(`squeeze: axis ${long} of ${showShape(x.shape)} has not length 1`);
  }
  return prims.reshape(x, { shape: x.type.shape.filter((_, axis) => !gone.includes(axis)) });
}

const checkRavel = signature<typeof ravel>("ravel(x, from?)", tensorKind, axisKind);

/** All axes from `from` on merged into one; as a method: `x.flatten(from)`. */
export function ravel(x: Tensor, from = 0): Tensor {
  checkRavel(arguments);
  return mergeAxes("ravel", x, from);
}

const checkConcat = signature<typeof concat>("concat(tensors, axis?)", tensorsKind, axisKind);

/** Tensors end to end along an axis. */
export function concat<const L extends readonly Shape[], const X extends number = 0>(
  tensors: Fits<
    Concat<L, X>,
    { readonly [I in keyof L]: Tensor<L[I]> },
    ConcatError<"concat", L, X>
  >,
  axis?: X,
): Tensor<Or<Concat<L, X>>> {
  checkConcat(arguments);
  const list = tensors as readonly Tensor[];
  const [first] = list;
  if (!first) throw new ArgumentError("concat: expected at least one tensor, received none");
  const at = axisOf(axis ?? 0, first.rank);
  const fits = list.every(
    ({ type: { shape } }) =>
      shape.length === first.rank &&
      first.type.shape.every((dim, i) => i === at || dim === shape[i]),
  );
  if (at === undefined || !fits) throw unjoined("concat", "join", list, axis ?? 0);
  return prims.concat(...list, { axis: at });
}

const checkStack = signature<typeof stack>("stack(tensors, axis?)", tensorsKind, axisKind);

/** Tensors of one shape along a new axis. */
export function stack<const L extends readonly Shape[], const X extends number = 0>(
  tensors: Fits<Stack<L, X>, { readonly [I in keyof L]: Tensor<L[I]> }, StackError<"stack", L>>,
  axis?: X,
): Tensor<Or<Stack<L, X>>> {
  checkStack(arguments);
  const list = tensors as readonly Tensor[];
  const [first] = list;
  if (!first) throw new ArgumentError("stack: expected at least one tensor, received none");
  const at = axisOf(axis ?? 0, first.rank + 1);
  const fits = list.every(({ type }) => sameShape(type.shape, first.type.shape));
  if (at === undefined || !fits) throw unjoined("stack", "stack", list, axis ?? 0);
  return prims.concat(...list.map((x) => expandDims(x, at)), { axis: at });
}

/** The axis meant, from 0, where there is one. */
function axisOf(axis: number, rank: number): number | undefined {
  const at = axis < 0 ? axis + rank : axis;
  return Number.isInteger(at) && at >= 0 && at < rank ? at : undefined;
}

/** The sentence that the compiler shows, too: see ConcatError and StackError. */
function unjoined(op: string, verb: string, list: readonly Tensor[], axis: number): ShapeError {
  const shapes = list.map(({ type }) => showShape(type.shape)).join(", ");
  return new ShapeError(`${op}: shapes ${shapes} do not ${verb} along axis ${axis}`);
}

const checkSplit = signature<typeof split>(
  "split(x, parts, axis?)",
  tensorKind,
  partsKind,
  axisKind,
);

/** Cut along an axis: into `parts` equal parts, or into parts of the lengths given. */
export function split(x: Tensor, parts: number | readonly number[], axis = 0): Tensor[] {
  checkSplit(arguments);
  const at = resolveAxis("split", x.type.shape, axis);
  const length = x.type.shape[at]!;
  const count = typeof parts === "number" && parts >= 0 ? Math.floor(parts) : 0;
  const lengths = typeof parts === "number" ? Array<number>(count).fill(length / parts) : parts;
  const whole = lengths.every((n) => Number.isInteger(n) && n >= 0);
  if (!whole || lengths.reduce((a, b) => a + b, 0) !== length) {
    throw new ShapeError(
      `split: axis ${at} of ${showShape(x.shape)} does not split into ` +
        (typeof parts === "number" ? `${parts} equal parts` : `parts of ${showShape(parts)}`),
    );
  }
  let from = 0;
  return lengths.map((n) => {
    from += n;
    return prims.slice(x, {
      start: x.type.shape.map((_, i) => (i === at ? from - n : 0)),
      end: x.type.shape.map((dim, i) => (i === at ? from : dim)),
      step: x.type.shape.map(() => 1),
    });
  });
}

const checkPad = signature<typeof pad>("pad(x, amounts, value?)", tensorKind, pairsKind, number);

/** `value` (0 by default) around each axis: [[before, after], …]. */
export function pad(x: Tensor, amounts: readonly (readonly [number, number])[], value = 0): Tensor {
  checkPad(arguments);
  const whole = amounts.every(
    (pair) => pair.length === 2 && pair.every((n) => Number.isInteger(n) && n >= 0),
  );
  if (amounts.length !== x.rank || !whole) {
    throw new ArgumentError(
      `pad: expected a pair of whole numbers >= 0 for each axis of ${showShape(x.shape)}, ` +
        `received [${amounts.map(showShape).join(", ")}]`,
    );
  }
  const params = {
    low: amounts.map(([low]) => low),
    high: amounts.map(([, high]) => high),
    interior: amounts.map(() => 0),
  };
  const padded = prims.pad(x, params);
  if (value === 0) return padded;
  const inside = broadcastTo(numberLike("pad", 1, undefined), x.type.shape);
  const mask = prims.cast(prims.pad(inside, params), { dtype: "bool" });
  return prims.where(mask, padded, broadcastTo(numberLike("pad", value, x), padded.type.shape));
}

const checkFlip = signature<typeof flip>("flip(x, axes?)", tensorKind, axesKind);

/** Axes back to front; all by default. */
export function flip<S extends Shape>(x: Tensor<S>, axes?: number | readonly number[]): Tensor<S> {
  checkFlip(arguments);
  return prims.flip(x, { axes: resolveAxes("flip", x.type.shape, axes) });
}

const checkTile = signature<typeof tile>("tile(x, repeats)", tensorKind, listOf(number));

/** x repeated as a block along each axis. */
export function tile(x: Tensor, repeats: readonly number[]): Tensor {
  checkTile(arguments);
  if (repeats.length !== x.rank || !repeats.every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ArgumentError(
      `tile: expected a whole number >= 0 for each axis of ${showShape(x.shape)}, ` +
        `received ${showShape(repeats)}`,
    );
  }
  const shape = x.type.shape;
  const apart = prims.reshape(x, { shape: shape.flatMap((dim) => [1, dim]) });
  const copied = prims.expand(apart, { shape: shape.flatMap((dim, i) => [repeats[i]!, dim]) });
  return prims.reshape(copied, { shape: shape.map((dim, i) => dim * repeats[i]!) });
}
