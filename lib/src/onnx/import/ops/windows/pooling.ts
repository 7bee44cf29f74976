// Pooling over windows of any number of axes: the largest, the mean, a lpNorm.

import { isFloat, RANGES } from "../../../../ir/dtype.ts";
import { sameShape, sizeOf, stridesOf } from "../../../../ir/shape.ts";
import { prims } from "../../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { greater, where } from "../../../../tensor/comparison.ts";
import { fromData, full, ones, zeros } from "../../../../tensor/create.ts";
import {
  abs,
  add,
  div,
  floorDiv,
  maximum,
  mod,
  mul,
  pow,
  sqrt,
  square,
} from "../../../../tensor/elementwise.ts";
import { transpose } from "../../../../tensor/movement.ts";
import { max, mean, sum } from "../../../../tensor/reduce.ts";
import { setAt } from "../../../../tensor/updates/updates.ts";
import type { Call } from "../../core/call.ts";
import { INT64 } from "../../core/elements.ts";
import { computing, type OpRows, reading } from "../../core/rows.ts";
import { filledAround } from "../movement/cuts.ts";
import { type Geometry, geometryOf, perAxis, windowParts } from "./geometry.ts";

function windowsOf(c: Call, x: Tensor): Geometry {
  if (x.rank < 3) throw c.refuse("expected examples, channels and axes of space");
  const sizes = x.type.shape.slice(2);
  if (!c.has("kernel_shape")) throw c.refuse("attribute kernel_shape is missing");
  const kernel = perAxis(c, "kernel_shape", sizes.length, 1, 1);
  return geometryOf(c, sizes, kernel, { up: c.flag("ceil_mode") });
}

const around = (g: Geometry): number[][] => [
  [0, 0],
  [0, 0],
  ...g.low.map((low, i) => [low, g.high[i]! + g.over[i]!]),
];

/** What no element is less than. */
const least = (x: Tensor): number => (isFloat(x.dtype) ? -Infinity : (RANGES[x.dtype]?.[0] ?? 0));

function maxPool(c: Call): Tensor | Tensor[] {
  const x = c.x(0);
  const columns = c.int("storage_order", 0) === 1;
  const g = windowsOf(c, x);
  if (!c.wants(1) && x.rank === 4 && g.dilations.every((d) => d === 1) && isFloat(x.dtype))
    return plain(x, g);
  const value = full([], least(x), x.dtype);
  const parts = windowParts(c, filledAround(x, around(g), value), g);
  if (!c.wants(1)) return parts.reduce((a, b) => maximum(a, b));
  const ids = windowParts(c, filledAround(flatPlaces(x, columns), around(g), undefined), g);
  let [best, at] = [parts[0]!, ids[0]!];
  for (let i = 1; i < parts.length; i++) {
    const better = greater(parts[i]!, best);
    at = where(better, ids[i]!, at);
    best = where(better, parts[i]!, best);
  }
  c.says(1, INT64);
  return [best, at];
}

function plain(x: Tensor, g: Geometry): Tensor {
  const y = prims.maxPool(transpose(x, [0, 2, 3, 1]), {
    window: [g.kernel[0]!, g.kernel[1]!],
    strides: [g.strides[0]!, g.strides[1]!],
    padding: [
      [g.low[0]!, g.high[0]! + g.over[0]!],
      [g.low[1]!, g.high[1]! + g.over[1]!],
    ],
  });
  return transpose(y, [0, 3, 1, 2]);
}

/** The place of each element, counted in rows or (within an image) in columns. */
function flatPlaces(x: Tensor, columns: boolean): Tensor {
  const { shape } = x.type;
  const strides = stridesOf(shape);
  const image = shape.slice(2);
  const other = [...image.keys()].map((i) => sizeOf(image.slice(0, i)));
  const data = Int32Array.from({ length: x.size }, (_, flat) => {
    if (!columns) return flat;
    const plane = Math.floor(flat / sizeOf(image));
    const within = image.reduce(
      (n, dim, i) => n + (Math.floor(flat / strides[i + 2]!) % dim) * other[i]!,
      0,
    );
    return plane * sizeOf(image) + within;
  });
  return fromData(data, shape);
}

function averagePool(c: Call): Tensor {
  const x = c.x(0);
  const counted = c.flag("count_include_pad");
  const g = windowsOf(c, x);
  const total = windowParts(c, filledAround(x, around(g), undefined), g).reduce((a, b) =>
    add(a, b),
  );
  const only = ones([1, 1, ...x.type.shape.slice(2)], x.dtype);
  const rim = around(g).map(([low, high], i) => [low!, i < 2 ? 0 : high! - g.over[i - 2]!]);
  const inside = counted
    ? filledAround(only, rim, full([], 1, x.dtype))
    : filledAround(only, rim, undefined);
  const over = around(g).map((_, i) => [0, i < 2 ? 0 : g.over[i - 2]!]);
  const count = windowParts(c, filledAround(inside, over, undefined), g).reduce((a, b) =>
    add(a, b),
  );
  return div(total, count);
}

/** (sum of |x|^p)^(1/p). */
export function lpNorm(x: Tensor, p: number, total: (y: Tensor) => Tensor): Tensor {
  if (p === 1) return total(abs(x));
  if (p === 2) return sqrt(total(square(x)));
  return pow(total(pow(abs(x), full([], p, x.dtype))), full([], 1 / p, x.dtype));
}

function lpPool(c: Call): Tensor {
  const x = c.x(0);
  const p = c.int("p", 2);
  const g = windowsOf(c, x);
  return lpNorm(x, p, (y) =>
    windowParts(c, filledAround(y, around(g), undefined), g).reduce((a, b) => add(a, b)),
  );
}

const space = (x: Tensor): number[] => x.type.shape.map((_, i) => i).slice(2);

/** Each element to the place that its maximum was taken from. */
function maxUnpool(c: Call): Tensor {
  const [x, at] = [c.x(0), c.x(1)];
  const n = x.rank - 2;
  const kernel = perAxis(c, "kernel_shape", n, 1, 1);
  const strides = perAxis(c, "strides", n, 1, 1);
  const pads = c.ints("pads") ?? Array<number>(2 * n).fill(0);
  const sizes = kernel.map(
    (k, i) => (x.type.shape[i + 2]! - 1) * strides[i]! + k - pads[i]! - pads[i + n]!,
  );
  const plain = [...x.type.shape.slice(0, 2), ...sizes];
  const shape = c.numbersOr(2, plain);
  c.sized(shape);
  if (shape.length !== x.rank) throw c.refuse("the shape of the result has another number of axes");
  const flat = zeros([sizeOf(shape)], x.dtype);
  return setAt(flat, moved(at, plain, shape), x.reshape([x.size])).reshape(shape);
}

/** Flat places that were counted in one shape, in the corner of a larger one. */
function moved(at: Tensor, from: readonly number[], to: readonly number[]): Tensor {
  const flat = at.reshape([at.size]);
  if (sameShape(from, to)) return flat;
  const [inner, outer] = [stridesOf(from), stridesOf(to)];
  return from
    .map((dim, i) => mul(mod(floorDiv(flat, inner[i]!), dim), outer[i]!))
    .reduce((a, b) => add(a, b));
}

export const pools: OpRows = {
  MaxPool: computing(maxPool),
  AveragePool: computing(averagePool),
  LpPool: computing(lpPool),
  GlobalAveragePool: computing((c) => mean(c.x(0), space(c.x(0)), true)),
  GlobalMaxPool: computing((c) => max(c.x(0), space(c.x(0)), true)),
  GlobalLpPool: computing((c) => lpNorm(c.x(0), c.int("p", 2), (y) => sum(y, space(y), true))),
  MaxUnpool: reading([2], maxUnpool),
};
