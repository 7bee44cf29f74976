// Functions that rearrange: reshape, transpose, axes of length 1, flip.

import { listOf, number, worded } from "../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { showShape, sizeOf } from "../ir/shape.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { axesKind, axisKind, shapeKind, tensorKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import type { Fits, NoNegative, Or, OrderError, Permuted, Shape } from "../shapes/index.ts";
import { resolveAxes, resolveAxis } from "./operands/broadcast.ts";
import { mergeAxes } from "./operands/merge-axes.ts";

const orderKind = worded("a list of axes", listOf(number));

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

const checkFlip = signature<typeof flip>("flip(x, axes?)", tensorKind, axesKind);

/** Axes back to front; all by default. */
export function flip<S extends Shape>(x: Tensor<S>, axes?: number | readonly number[]): Tensor<S> {
  checkFlip(arguments);
  return prims.flip(x, { axes: resolveAxes("flip", x.type.shape, axes) });
}
