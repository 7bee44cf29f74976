// Elements moved round, repeated, and spread over grids.

import { either, index, listOf, oneOf, whole, worded } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { showShape, sizeOf } from "../../ir/shape.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { axesKind, axisKind, tensorKind, tensorsKind } from "../../runtime/values/kinds.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape } from "../../shapes/index.ts";
import { broadcastTo, resolveAxis } from "../operands/broadcast.ts";
import { checkShape } from "../operands/checks.ts";
import { gatherAxis } from "../operands/gather-axis.ts";

const shiftKind = worded("a whole number, or a list of them", either(whole, listOf(whole)));
const checkRoll = signature<typeof roll>("roll(x, shift, axes?)", tensorKind, shiftKind, axesKind);

/**
 * Elements moved `shift` places on along their axes; what leaves an axis at its end comes in at its
 * beginning. Without axes all elements move as one row. A list of axes takes one shift, or one each.
 * @throws ArgumentError for as many shifts as there are no axes
 */
export function roll<S extends Shape>(
  x: Tensor<S>,
  shift: number | readonly number[],
  axes?: number | readonly number[],
): Tensor<S> {
  checkRoll(arguments);
  const shifts = typeof shift === "number" ? [shift] : shift;
  if (axes === undefined) {
    if (shifts.length !== 1) {
      throw new ArgumentError(
        `roll: expected one shift without axes, received ${showShape(shifts)}`,
      );
    }
    const row = prims.reshape(x, { shape: [x.size] });
    return prims.reshape(rollAxis(row, shifts[0]!, 0), { shape: x.type.shape });
  }
  const list = (typeof axes === "number" ? [axes] : axes).map((axis) =>
    resolveAxis("roll", x.type.shape, axis),
  );
  if (shifts.length !== 1 && shifts.length !== list.length) {
    throw new ArgumentError(
      `roll: expected one shift, or one for each of the axes ${showShape(list)}, received ` +
        showShape(shifts),
    );
  }
  return list.reduce<Tensor>(
    (moved, axis, i) => rollAxis(moved, shifts[i] ?? shifts[0]!, axis),
    x.read(),
  );
}

function rollAxis(x: Tensor, shift: number, axis: number): Tensor {
  const n = x.type.shape[axis]!;
  const places = n === 0 ? 0 : ((shift % n) + n) % n;
  if (places === 0) return x.read();
  return prims.concat(part(x, axis, n - places, n), part(x, axis, 0, n - places), { axis });
}

/** Elements from..to of one axis. */
export function part(x: Tensor, axis: number, from: number, to: number): Tensor {
  return prims.slice(x, {
    start: x.type.shape.map((_, i) => (i === axis ? from : 0)),
    end: x.type.shape.map((dim, i) => (i === axis ? to : dim)),
    step: x.type.shape.map(() => 1),
  });
}

const countsKind = worded(
  "how often, or a list of that for each element",
  either(index, listOf(index)),
);
const checkRepeat = signature<typeof repeat>(
  "repeat(x, counts, axis?)",
  tensorKind,
  countsKind,
  axisKind,
);

/**
 * Each element (slice) of an axis `counts` times, one copy behind the other, or each as often as its
 * own number says; without an axis those of all elements as one row. `tile` repeats whole blocks.
 * @throws ArgumentError for a list that has not a number for each element
 */
export function repeat(x: Tensor, counts: number | readonly number[], axis?: number): Tensor {
  checkRepeat(arguments);
  if (axis === undefined && x.rank !== 1) {
    return repeatAxis(prims.reshape(x, { shape: [x.size] }), counts, 0);
  }
  return repeatAxis(x, counts, resolveAxis("repeat", x.type.shape, axis ?? 0));
}

function repeatAxis(x: Tensor, counts: number | readonly number[], axis: number): Tensor {
  const { shape } = x.type;
  const n = shape[axis]!;
  if (typeof counts === "number") {
    checkShape("repeat", shape.toSpliced(axis, 1, n * counts));
    const apart = prims.reshape(x, { shape: shape.toSpliced(axis + 1, 0, 1) });
    const copied = prims.expand(apart, { shape: shape.toSpliced(axis + 1, 0, counts) });
    return prims.reshape(copied, { shape: shape.toSpliced(axis, 1, n * counts) });
  }
  if (counts.length !== n) {
    throw new ArgumentError(
      `repeat: expected a number for each of ${n} elements along axis ${axis}, ` +
        `received ${counts.length}`,
    );
  }
  const length = counts.reduce((sum, count) => sum + count, 0);
  checkShape("repeat", shape.toSpliced(axis, 1, length));
  const known = new Int32Array(length);
  let at = 0;
  counts.forEach((count, i) => {
    known.fill(i, at, at + count);
    at += count;
  });
  const places = new Tensor({ type: { dtype: "int32", shape: [length] }, known });
  return gatherAxis(x, places, axis);
}

const checkMeshgrid = signature<typeof meshgrid>(
  "meshgrid(vectors, indexing?)",
  tensorsKind,
  oneOf("xy", "ij"),
);

/**
 * The coordinates of a grid, one tensor for each vector: with "ij" of shape [n1, n2, n3, …], with "xy"
 * (the default, as NumPy has it) of shape [n2, n1, n3, …], so that the first vector runs along the columns.
 * @throws ShapeError for what is no vector
 */
export function meshgrid<const L extends readonly Tensor[]>(
  vectors: L,
  indexing: "xy" | "ij" = "xy",
): { -readonly [I in keyof L]: Tensor } {
  checkMeshgrid(arguments);
  const other = vectors.find((x) => x.rank !== 1);
  if (other) {
    throw new ShapeError(`meshgrid: expected vectors, received shape ${showShape(other.shape)}`);
  }
  const isSwapped = indexing === "xy" && vectors.length > 1;
  const order = vectors.map((_, i) => (isSwapped && i < 2 ? 1 - i : i));
  const shape = order.map((i) => vectors[i]!.size);
  checkShape("meshgrid", shape);
  return vectors.map((x, i) => {
    const own = order.map((from) => (from === i ? sizeOf(x.type.shape) : 1));
    return broadcastTo(prims.reshape(x, { shape: own }), shape);
  }) as { -readonly [I in keyof L]: Tensor };
}
