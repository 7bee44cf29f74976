// The same elements in another shape.

import { showShape, sizeOf } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { tensor } from "../../../../tensor/create.ts";
import { concat } from "../../../../tensor/joining.ts";
import { reshape, transpose } from "../../../../tensor/movement.ts";
import { broadcastShapes, broadcastTo } from "../../../../tensor/operands/broadcast.ts";
import type { Call } from "../../core/call.ts";
import { INT64 } from "../../core/elements.ts";
import { computing, moving, type OpRows } from "../../core/rows.ts";

/** 0 keeps an axis, unless allowzero; -1 is what is left. */
function reshaped(c: Call): Tensor {
  const x = c.x(0);
  const keeps = !c.flag("allowzero");
  const wanted = c.numbers(1).map((dim, i) => (dim === 0 && keeps ? (x.type.shape[i] ?? 0) : dim));
  const open = wanted.indexOf(-1);
  if (open < 0) return reshape(x, wanted);
  const rest = sizeOf(wanted.filter((_, i) => i !== open));
  const left = rest === 0 ? 0 : x.size / rest;
  if (!Number.isInteger(left)) {
    throw c.refuse(`${showShape(x.shape)} does not fit into ${showShape(wanted)}`);
  }
  return reshape(x, wanted.with(open, left));
}

function transposed(c: Call): Tensor {
  const x = c.x(0);
  const perm = c.ints("perm") ?? x.type.shape.map((_, i) => x.rank - 1 - i);
  return transpose(x, c.axes(perm, x.rank));
}

function flattened(c: Call): Tensor {
  const x = c.x(0);
  const axis = c.int("axis", 1);
  const at = axis < 0 ? axis + x.rank : axis;
  if (at < 0 || at > x.rank) throw c.refuse(`axis ${axis} is out of range for ${x.rank} axes`);
  const { shape } = x.type;
  return reshape(x, [sizeOf(shape.slice(0, at)), sizeOf(shape.slice(at))]);
}

const axesOf = (c: Call): number[] | undefined =>
  c.opset < 13 ? c.ints("axes") : c.numbersOr(1, undefined);

function squeezed(c: Call): Tensor {
  const x = c.x(0);
  const { shape } = x.type;
  const given = axesOf(c);
  const axes = given ? c.axes(given, x.rank) : shape.flatMap((dim, i) => (dim === 1 ? [i] : []));
  const wrong = axes.find((axis) => shape[axis] !== 1);
  if (wrong !== undefined)
    throw c.refuse(`axis ${wrong} of ${showShape(shape)} is not of length 1`);
  return reshape(
    x,
    shape.filter((_, i) => !axes.includes(i)),
  );
}

function unsqueezed(c: Call): Tensor {
  const x = c.x(0);
  const given = axesOf(c) ?? [];
  const rank = x.rank + given.length;
  const axes = c.axes(given, rank);
  if (new Set(axes).size !== axes.length) throw c.refuse(`axes ${showShape(given)} name one twice`);
  const dims = [...x.type.shape];
  return reshape(
    x,
    Array.from({ length: rank }, (_, i) => (axes.includes(i) ? 1 : dims.shift()!)),
  );
}

function expanded(c: Call): Tensor {
  const x = c.x(0);
  return broadcastTo(x, c.sized(broadcastShapes("Expand", x.type.shape, c.numbers(1))));
}

function joined(c: Call): Tensor {
  const list = c.all();
  const axis = c.axis(c.int("axis", 1), list[0]!.rank);
  const length = list.reduce((sum, { type }) => sum + (type.shape[axis] ?? 0), 0);
  c.sized(list[0]!.type.shape.with(axis, length));
  return concat(list, axis);
}

/** The lengths of the axes, or of some of them. */
function shapeOf(c: Call): Tensor {
  const { shape } = c.x(0).type;
  const [start, end] = [c.int("start", 0), c.has("end") ? c.int("end") : shape.length];
  c.says(0, INT64);
  return tensor(shape.slice(start, end), "int32");
}

function sizeOfAll(c: Call): Tensor {
  c.says(0, INT64);
  return tensor(c.x(0).size, "int32");
}

export const shapes: OpRows = {
  Reshape: moving(reshaped, [1]),
  Transpose: moving(transposed),
  Flatten: moving(flattened),
  Squeeze: moving(squeezed, [1]),
  Unsqueeze: moving(unsqueezed, [1]),
  Expand: moving(expanded, [1]),
  Concat: moving(joined),
  Shape: computing(shapeOf, { short: "takes", bits: true, typesOnly: true }),
  Size: computing(sizeOfAll, { short: "takes", bits: true, typesOnly: true }),
};
