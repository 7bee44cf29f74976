// Elements changed at indices, NumPy's x[i] = v and JAX's x.at[i].set(v): the result is a new tensor.

import { ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { sameShape, showShape } from "../../ir/shape.ts";
import { expectSame } from "../../ops/define.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { operandKind, tensorKind } from "../../runtime/values/kinds.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape } from "../../shapes/index.ts";
import { greater, notEqual, where } from "../comparison.ts";
import { add, maximum, minimum, sub } from "../elementwise.ts";
import { wrap } from "../gather.ts";
import { at, type Cut, cutOf, type Index, indicesKind } from "../indexing.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { numberLike } from "../operands/checks.ts";
import type { TensorOrNumber } from "../operands/operands.ts";
import { argsort } from "../sorting.ts";

/** Changes x at indices, as `at` reads them: one index, or a list of them. */
export type Update = <S extends Shape>(
  x: Tensor<S>,
  indices: Index | readonly Index[],
  values: Tensor | number,
) => Tensor<S>;

type Join = (old: Tensor, value: Tensor) => Tensor;

/**
 * @param change of elements as one row, at places of which some may be named twice
 * @param byRow true where `change` can take slices [n, ...rest] in place of elements [n]
 */
function update(
  name: string,
  join: Join,
  change: (x: Tensor, places: Tensor, values: Tensor) => Tensor,
  byRow = false,
): Update {
  const check = signature<typeof apply>(
    `${name}(x, indices, values)`,
    tensorKind,
    indicesKind,
    operandKind,
  );
  function apply(x: Tensor, indices: Index | readonly Index[], values: TensorOrNumber): Tensor {
    check(arguments);
    const given = typeof values === "number" ? numberLike(name, values, x) : values;
    if (given.dtype !== x.dtype) expectSame(name, [x.type, given.type]);
    const list = Array.isArray(indices) ? (indices as readonly Index[]) : [indices as Index];
    const mask = maskOf(x, list, given);
    if (mask) {
      expectBroadcast(name, given, x.type.shape.slice(mask.rank));
      const ones = x.type.shape.slice(mask.rank).map(() => 1);
      const wide = prims.reshape(mask, { shape: [...mask.type.shape, ...ones] });
      return where(wide, join(x, broadcastTo(given, x.type.shape)), x);
    }
    const cut = cutOf(x, list);
    if (cut) {
      expectBroadcast(name, given, cut.shape);
      return withCut(x, broadcastTo(given, cut.shape), cut, join);
    }
    const [rows] = list;
    if (
      byRow &&
      list.length === 1 &&
      rows instanceof Tensor &&
      rows.dtype === "int32" &&
      x.rank > 0
    ) {
      const rest = x.type.shape.slice(1);
      const shape = [...rows.type.shape, ...rest];
      expectBroadcast(name, given, shape);
      const each = prims.reshape(broadcastTo(given, shape), { shape: [rows.size, ...rest] });
      return change(x, flat(wrap("at", rows, 0, x.type.shape)), each);
    }
    const numbers = prims.reshape(prims.iota({ length: x.size, dtype: "int32" }), {
      shape: x.type.shape,
    });
    const places = at(numbers, ...list);
    const { shape } = places.type;
    expectBroadcast(name, given, shape);
    const changed = change(flat(x), flat(places), flat(broadcastTo(given, shape)));
    return prims.reshape(changed, { shape: x.type.shape });
  }
  return apply as Update;
}

const second: Join = (_old, value) => value;
const flat = (x: Tensor) => prims.reshape(x, { shape: [x.size] });

/** A mask that is the only index, where all that it names get the same: it need not be known then. */
function maskOf(x: Tensor, list: readonly Index[], given: Tensor): Tensor | undefined {
  const [mask] = list;
  if (list.length !== 1 || !(mask instanceof Tensor) || mask.dtype !== "bool") return undefined;
  const fits = mask.rank > 0 && sameShape(mask.type.shape, x.type.shape.slice(0, mask.rank));
  return fits && given.rank <= x.rank - mask.rank ? mask : undefined;
}

/** Numbers and ranges name every place once: the values are spread out to where they go. */
function withCut(x: Tensor, values: Tensor, cut: Cut, join: Join): Tensor {
  if (values.size === 0) return x.read();
  const { start, end, step, backwards } = cut;
  const counts = start.map((from, axis) => Math.ceil((end[axis]! - from) / step[axis]!));
  const place = {
    low: start,
    high: x.type.shape.map((dim, i) => dim - 1 - start[i]! - (counts[i]! - 1) * step[i]!),
    interior: step.map((by) => by - 1),
  };
  const shaped = prims.reshape(values, { shape: counts });
  const turned = backwards.length > 0 ? prims.flip(shaped, { axes: backwards }) : shaped;
  const named = prims.pad(broadcastTo(scalar(1, "uint8"), counts), place);
  return where(prims.cast(named, { dtype: "bool" }), join(x, prims.pad(turned, place)), x);
}

function expectBroadcast(name: string, given: Tensor, shape: readonly number[]): void {
  const lead = shape.length - given.rank;
  if (lead >= 0 && given.type.shape.every((dim, i) => dim === 1 || dim === shape[i + lead])) return;
  throw new ShapeError(
    `${name}: values of shape ${showShape(given.shape)} do not broadcast to ${showShape(shape)}, ` +
      "what the indices name",
  );
}

/**
 * x with `values` at indices: `setAt(x, 0, 5)`, `setAt(x, ["1:3", -1], v)`, `setAt(x, mask, 0)`. Values
 * broadcast to what the indices name. A mask alone may be traced, where all that it names get one value; other
 * masks are read. Where a place is named twice the last value stays. Gradients go to the
 * values that stay, and to what is left of x.
 * @throws ShapeError where values do not broadcast, ArgumentError for an index outside its axis
 */
export const setAt: Update = update("setAt", second, placed, true);

function placed(x: Tensor, places: Tensor, values: Tensor): Tensor {
  const order = argsort(places, 0); // stable: of one place the last is the last that was named
  return chosen(x, places, values, order, second);
}

/**
 * x with `values` added at indices, every time that a place is named; uint8 and int32 wrap around. See `setAt`.
 * @throws ShapeError where values do not broadcast, ArgumentError for an index outside its axis
 */
export const addAt: Update = update("addAt", add, added, true);

function added(x: Tensor, places: Tensor, values: Tensor): Tensor {
  return add(x, prims.scatterAdd(places, values, { size: x.type.shape[0]! }));
}

/**
 * x with the larger of each element and the values at its place; NaN where either is. The gradient goes to
 * the one that is kept. See `setAt`.
 * @throws ShapeError where values do not broadcast, ArgumentError for an index outside its axis
 */
export const maxAt: Update = update("maxAt", maximum, (x, places, values) =>
  chosen(x, places, values, byPlace(places, argsort(values, 0)), maximum),
);

/**
 * x with the smaller of each element and the values at its place; NaN where either is. See `maxAt`.
 * @throws ShapeError where values do not broadcast, ArgumentError for an index outside its axis
 */
export const minAt: Update = update("minAt", minimum, (x, places, values) =>
  chosen(x, places, values, byPlace(places, argsort(values, 0, true)), minimum),
);

/** An order of the values, then sorted by place: of one place the last is the last of that order. */
function byPlace(places: Tensor, order: Tensor): Tensor {
  return prims.gather(order, argsort(prims.gather(places, order), 0));
}

/** Each place's last value in an order that is sorted by place, joined with what stood there. */
function chosen(x: Tensor, places: Tensor, values: Tensor, order: Tensor, join: Join): Tensor {
  const n = places.size;
  if (n === 0) return x.read();
  const sorted = prims.gather(places, order);
  const slice = (from: number, to: number) =>
    prims.slice(sorted, { start: [from], end: [to], step: [1] });
  const next = prims.concat(slice(1, n), prims.expand(constant(-1), { shape: [1] }), { axis: 0 });
  const isLast = notEqual(sorted, next);
  // The number of each place's winner, and 0 where no value goes.
  const winners = prims.scatterAdd(sorted, where(isLast, add(order, 1), 0), {
    size: x.type.shape[0]!,
  });
  const isNamed = greater(winners, 0);
  const won = prims.gather(values, where(isNamed, sub(winners, 1), 0));
  const column = [x.type.shape[0]!, ...x.type.shape.slice(1).map(() => 1)];
  return where(prims.reshape(isNamed, { shape: column }), join(x, won), x);
}

function constant(value: number): Tensor {
  return prims.constant({ data: new Int32Array([value]), dtype: "int32", shape: [1] });
}
