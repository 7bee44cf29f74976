// Elements put or added where places say.

import { TraceError } from "../../../../checks/errors.ts";
import { sizeOf, stridesOf } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { fromData, tensor } from "../../../../tensor/create.ts";
import { add, cast, mod } from "../../../../tensor/elementwise.ts";
import { wrap } from "../../../../tensor/gather.ts";
import { reshape } from "../../../../tensor/movement.ts";
import { broadcastTo } from "../../../../tensor/operands/broadcast.ts";
import { addAt, maxAt, minAt, setAt } from "../../../../tensor/updates/updates.ts";
import type { Call } from "../../core/call.ts";
import { moving, type OpRows } from "../../core/rows.ts";
import { flatPlaces, wholePlaces } from "./gathers.ts";

const UPDATES = { none: setAt, add: addAt, max: maxAt, min: minAt };

/** Updates of rows at flat places, in the way that the node says. */
function updated(c: Call, rows: Tensor, at: Tensor, values: Tensor): Tensor {
  const how =
    c.opset < 16 ? "none" : c.text("reduction", "none", ["none", "add", "mul", "max", "min"]);
  if (how === "mul") return multiplied(c, rows, at, values);
  if (values.size === 0) return rows;
  const isBool = rows.dtype === "bool";
  const [x, y] = isBool ? [cast(rows, "uint8"), cast(values, "uint8")] : [rows, values];
  return c.like(UPDATES[how as keyof typeof UPDATES](x, at, y), rows);
}

/** Each row times all values for it, one after the other: for known places. */
function multiplied(c: Call, rows: Tensor, at: Tensor, values: Tensor): Tensor {
  const known = at.read().parts.known;
  if (!known)
    throw new TraceError(
      `${c.where}: the places of products must be known when the model is compiled`,
    );
  const turns: number[][] = [];
  const seen = new Map<number, number>();
  known.forEach((place, i) => {
    const turn = seen.get(place) ?? 0;
    seen.set(place, turn + 1);
    turns[turn] ??= [];
    turns[turn].push(i);
  });
  return turns.reduce((x, of) => {
    const ids = tensor(of, "int32");
    const row = tensor(
      of.map((i) => known[i]!),
      "int32",
    );
    return setAt(x, row, x.at(row).mul(values.at(ids)));
  }, rows);
}

function scatterElements(c: Call): Tensor {
  const [x, at, values] = [c.x(0), wholePlaces(c.x(1)), c.x(2)];
  const axis = c.axis(c.int("axis", 0), x.rank);
  if (at.rank !== x.rank || values.rank !== x.rank)
    throw c.refuse("data, places and updates differ in axes");
  const strides = stridesOf(x.type.shape);
  const { shape } = at.type;
  const own = stridesOf(shape);
  // What the other axes add to a flat place.
  const others = Int32Array.from({ length: at.size }, (_, flat) =>
    shape.reduce((total, dim, i) => {
      const place = dim === 0 ? 0 : Math.floor(flat / own[i]!) % dim;
      return i === axis ? total : total + place * strides[i]!;
    }, 0),
  );
  const along = wrap(c.where, at, axis, x.type.shape).mul(strides[axis]!);
  const flat = add(reshape(along, [at.size]), fromData(others, [at.size]));
  const done = updated(c, reshape(x, [x.size]), flat, reshape(values, [values.size]));
  return reshape(done, x.type.shape);
}

function scatterND(c: Call): Tensor {
  const [x, at, values] = [c.x(0), wholePlaces(c.x(1)), c.x(2)];
  const k = at.type.shape.at(-1) ?? 0;
  if (at.rank === 0 || k > x.rank) throw c.refuse("places name more axes than the data has");
  const dims = x.type.shape.slice(0, k);
  const rest = x.type.shape.slice(k);
  const flat = flatPlaces(at, dims);
  const rows = reshape(x, [sizeOf(dims), ...rest]);
  const done = updated(c, rows, reshape(flat, [flat.size]), reshape(values, [flat.size, ...rest]));
  return reshape(done, x.type.shape);
}

/** A cache [batch, ...] with new steps written from a place of each example on. */
function tensorScatter(c: Call): Tensor {
  const [cache, update] = [c.x(0), c.x(1)];
  const axis = c.axis(c.int("axis", -2), cache.rank);
  const circular = c.text("mode", "linear", ["linear", "circular"]) === "circular";
  const [batch, most, steps] = [
    cache.type.shape[0]!,
    cache.type.shape[axis]!,
    update.type.shape[axis]!,
  ];
  if (axis === 0) throw c.refuse("the first axis holds the examples");
  const starts = c.maybe(2) ? wholePlaces(c.x(2)) : fromData(new Int32Array(batch), [batch]);
  const ones = cache.type.shape.map(() => 1);
  const step = fromData(
    Int32Array.from({ length: steps }, (_, i) => i),
    ones.with(axis, steps),
  );
  const sums = add(reshape(starts, ones.with(0, batch)), step);
  const at = broadcastTo(circular ? mod(sums, most) : sums, update.type.shape);
  const strides = stridesOf(cache.type.shape);
  const own = stridesOf(update.type.shape);
  const others = Int32Array.from({ length: update.size }, (_, flat) =>
    update.type.shape.reduce((total, dim, i) => {
      return i === axis ? total : total + (Math.floor(flat / own[i]!) % dim) * strides[i]!;
    }, 0),
  );
  const wrapped = wrap(c.where, at, axis, cache.type.shape);
  const flat = add(
    reshape(wrapped.mul(strides[axis]!), [update.size]),
    fromData(others, [update.size]),
  );
  return reshape(
    setAt(reshape(cache, [cache.size]), flat, reshape(update, [update.size])),
    cache.type.shape,
  );
}

export const scatters: OpRows = {
  Scatter: moving(scatterElements),
  ScatterElements: moving(scatterElements),
  ScatterND: moving(scatterND),
  TensorScatter: moving(tensorScatter),
};
