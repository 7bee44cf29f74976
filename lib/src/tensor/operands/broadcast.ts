// NumPy broadcasting, done here once: primitives get operands of one shape.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { allocate } from "../../ir/dtype.ts";
import { expectPossible, sameShape, showShape, sizeOf } from "../../ir/shape.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { current } from "../../runtime/interpreter/current.ts";
import { shapeKind, tensorKind } from "../../runtime/values/kinds.ts";
import { Tensor } from "../../runtime/values/tensor.ts";

/**
 * The shape that shapes share after stretching axes of length 1, aligned at the last axis.
 * @throws ShapeError naming the op and the shapes
 */
export function broadcastShapes(op: string, ...shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const dims = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const stretched = dims.filter((dim) => dim !== 1);
    if (stretched.some((dim) => dim !== stretched[0])) {
      throw new ShapeError(`${op}: shapes ${shapes.map(showShape).join(" and ")} do not broadcast`);
    }
    return stretched[0] ?? 1;
  });
}

/** True when the shapes agree after stretching axes of length 1. */
export function broadcasts(a: readonly number[], b: readonly number[]): boolean {
  const pairs = a.map((dim, i) => [dim, b[i - a.length + b.length] ?? 1] as const);
  return pairs.every(([x, y]) => x === y || x === 1 || y === 1);
}

const checkBroadcastTo = signature<typeof broadcastTo>(
  "broadcastTo(x, shape)",
  tensorKind,
  shapeKind,
);

/** x stretched to `shape`. @throws ShapeError unless it broadcasts to exactly that shape */
export function broadcastTo(x: Tensor, shape: readonly number[]): Tensor {
  checkBroadcastTo(arguments);
  if (sameShape(x.shape, shape)) return x.read();
  const lead = shape.length - x.rank;
  const fits = lead >= 0 && x.type.shape.every((dim, i) => dim === 1 || dim === shape[i + lead]);
  if (!fits || !shape.every((dim) => Number.isInteger(dim) && dim >= 0)) {
    throw new ShapeError(
      `broadcastTo: ${showShape(x.shape)} does not broadcast to ${showShape(shape)}`,
    );
  }
  const present = x.read();
  const { known } = present.parts;
  // One number, as of most constants, takes no ops where nothing watches.
  if (x.size === 1 && known && !current.trace && !present.tracked) {
    expectPossible("broadcastTo", shape);
    const data = allocate(x.dtype, sizeOf(shape)).fill(known[0]!);
    return new Tensor({ type: { dtype: x.dtype, shape }, known: data });
  }
  const aligned = [...new Array<number>(lead).fill(1), ...x.type.shape];
  const same = lead === 0 ? x : prims.reshape(x, { shape: aligned });
  return sameShape(aligned, shape) ? same : prims.expand(same, { shape });
}

/** The axis numbers meant, from 0: negative ones count from the last; undefined means all. */
export function resolveAxes(
  op: string,
  shape: readonly number[],
  axes: number | readonly number[] | undefined,
): number[] {
  if (axes === undefined) return shape.map((_, axis) => axis);
  const list = typeof axes === "number" ? [axes] : axes;
  const resolved = list.map((axis) => {
    if (!Number.isInteger(axis) || axis < -shape.length || axis >= shape.length) {
      throw new ArgumentError(`${op}: axis ${axis} is out of range for shape ${showShape(shape)}`);
    }
    return axis < 0 ? axis + shape.length : axis;
  });
  if (new Set(resolved).size !== resolved.length) {
    throw new ArgumentError(`${op}: an axis is named twice in ${showShape(list)}`);
  }
  return resolved.sort((a, b) => a - b);
}

/** One axis, from 0. */
export function resolveAxis(op: string, shape: readonly number[], axis: number): number {
  return resolveAxes(op, shape, axis)[0]!;
}
