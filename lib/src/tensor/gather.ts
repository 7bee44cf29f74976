// Rows and elements by their places in int32 tensors.

import { index } from "../checks/arguments.ts";
import { ArgumentError, DTypeError, ShapeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { sameShape, showShape, sizeOf } from "../ir/shape.ts";
import { showType } from "../ir/type.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { axisKind, tensorKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import { greaterEqual, less, logicalOr, where } from "./comparison.ts";
import { add, mul } from "./elementwise.ts";
import { resolveAxis } from "./operands/broadcast.ts";
import { gatherAxis } from "./operands/gather-axis.ts";

const checkTake = signature<typeof take>(
  "take(x, places, axis?)",
  tensorKind,
  tensorKind,
  axisKind,
);

/** Elements of one axis at int32 places of any shape, which takes the axis's position. */
export function take(x: Tensor, places: Tensor, axis = 0): Tensor {
  checkTake(arguments);
  const from = resolveAxis("take", x.type.shape, axis);
  return gatherAxis(x, wrap("take", places, from, x.type.shape), from);
}

const checkTakeAlongAxis = signature<typeof takeAlongAxis>(
  "takeAlongAxis(x, places, axis?)",
  tensorKind,
  tensorKind,
  axisKind,
);

/** One element a row: result[.., i, ..] = x[.., places[.., i, ..], ..] along an axis. */
export function takeAlongAxis(x: Tensor, places: Tensor, axis = -1): Tensor {
  checkTakeAlongAxis(arguments);
  const along = resolveAxis("takeAlongAxis", x.type.shape, axis);
  const others = (tensor: Tensor) => tensor.type.shape.filter((_, i) => i !== along);
  if (x.rank !== places.rank || !sameShape(others(x), others(places))) {
    throw new ShapeError(
      `takeAlongAxis: ${showShape(x.shape)} and places ${showShape(places.shape)} ` +
        `differ outside axis ${along}`,
    );
  }
  const wrapped = wrap("takeAlongAxis", places, along, x.type.shape);
  return gatherRows(x, wrapped, along, (flat, wanted, n) => guarded(flat, [wanted], [n]));
}

/** `takeAlongAxis` at places that are counted from 0; `check` may change what is outside. */
export function gatherRows(
  x: Tensor,
  places: Tensor,
  along: number,
  check: (flat: Tensor, wanted: Tensor, n: number) => Tensor = (flat) => flat,
): Tensor {
  const order = [...x.type.shape.map((_, i) => i).filter((i) => i !== along), along];
  const back = order.map((_, i) => order.indexOf(i));
  const rows = prims.transpose(x, { perm: order });
  const wanted = prims.transpose(places, { perm: order });
  const n = rows.type.shape.at(-1)!;
  const lead = rows.type.shape.slice(0, -1);
  const starts = mul(prims.iota({ length: sizeOf(lead), dtype: "int32" }), n);
  const flat = add(wanted, prims.reshape(starts, { shape: [...lead, 1] }));
  const taken = prims.gather(prims.reshape(rows, { shape: [rows.size] }), check(flat, wanted, n));
  return prims.transpose(taken, { perm: back });
}

const checkScatterAdd = signature<typeof scatterAdd>(
  "scatterAdd(places, updates, size)",
  tensorKind,
  tensorKind,
  index,
);

/** zeros [size, …] with each row of `updates` added at its int32 place. */
export function scatterAdd(places: Tensor, updates: Tensor, size: number): Tensor {
  checkScatterAdd(arguments);
  return prims.scatterAdd(wrap("scatterAdd", places, 0, [size]), updates, { size });
}

/**
 * int32 places with negative ones counted from the end.
 * @throws ArgumentError for a known place outside the axis; traced ones fail when they are read
 */
export function wrap(op: string, places: Tensor, axis: number, shape: readonly number[]): Tensor {
  const dim = shape[axis]!;
  if (places.dtype !== "int32") {
    const kinds = op === "at" ? "an int32 or bool index tensor" : "int32 places";
    throw new DTypeError(`${op}: expected ${kinds}, received ${showType(places.type)}`);
  }
  const { known } = places.read().parts;
  const outside = known?.find((index: number) => index < -dim || index >= dim);
  if (outside !== undefined) {
    throw new ArgumentError(
      `${op}: index ${outside} is out of range for axis ${axis} of shape ${showShape(shape)}`,
    );
  }
  if (known?.every((index: number) => index >= 0)) return places;
  return where(less(places, 0), add(places, dim), places);
}

/**
 * Places within several axes merged into one, or -1 where a place lies outside its own axis: a wrong
 * column must not read the next row in silence. Known places have been checked already.
 */
export function guarded(flat: Tensor, places: readonly Tensor[], dims: readonly number[]): Tensor {
  if (places.every((t) => t.read().parts.known)) return flat;
  const outside = places.map((t, i) => logicalOr(less(t, 0), greaterEqual(t, dims[i]!)));
  return where(
    outside.reduce((a, b) => logicalOr(a, b)),
    -1,
    flat,
  );
}
