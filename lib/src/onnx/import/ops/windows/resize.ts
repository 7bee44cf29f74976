// Images in another size: along each axis a matrix of weights, so that gradients are its transpose.

import { isFloat } from "../../../../ir/dtype.ts";
import { showShape } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { where } from "../../../../tensor/comparison.ts";
import { fromData, full, tensor } from "../../../../tensor/create.ts";
import { cast } from "../../../../tensor/elementwise.ts";
import { take } from "../../../../tensor/gather.ts";
import { matmul } from "../../../../tensor/linear.ts";
import { reshape, swapAxes } from "../../../../tensor/movement.ts";
import { broadcastTo } from "../../../../tensor/operands/broadcast.ts";
import type { Call } from "../../core/call.ts";
import { type OpRows, reading } from "../../core/rows.ts";

/** One axis to be resized. */
interface Axis {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly roi: readonly [number, number];
}

interface Manner {
  readonly mode: string;
  readonly transform: string;
  readonly rounding: string;
  readonly cubic: number;
  readonly excludes: boolean;
  readonly antialias: boolean;
}

const TRANSFORMS = [
  "half_pixel",
  "half_pixel_symmetric",
  "pytorch_half_pixel",
  "align_corners",
  "asymmetric",
  "tf_crop_and_resize",
  "tf_half_pixel_for_nn",
];
const ROUNDINGS = ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"];

/** Where an element of the result lies on the axis that it came from. */
function sourceOf(i: number, { from, to, scale, roi }: Axis, transform: string): number {
  const [start, end] = roi;
  switch (transform) {
    case "align_corners":
      return to === 1 ? 0 : (i * (from - 1)) / (scale * from - 1);
    case "asymmetric":
      return i / scale;
    case "tf_half_pixel_for_nn":
      return (i + 0.5) / scale;
    case "pytorch_half_pixel":
      return to === 1 ? -0.5 : (i + 0.5) / scale - 0.5;
    case "tf_crop_and_resize":
      return to === 1
        ? 0.5 * (start + end) * (from - 1)
        : start * (from - 1) + (i * (end - start) * (from - 1)) / (scale * from - 1);
    case "half_pixel_symmetric": {
      const adjustment = to / (scale * from);
      const centre = from / 2;
      return centre * (1 - adjustment) + (i + 0.5) / scale - 0.5;
    }
    default:
      return (i + 0.5) / scale - 0.5;
  }
}

function nearest(x: number, rounding: string): number {
  if (rounding === "floor") return Math.floor(x);
  if (rounding === "ceil") return Math.ceil(x);
  const isHalf = x - Math.floor(x) === 0.5;
  if (isHalf) return rounding === "round_prefer_floor" ? Math.floor(x) : Math.ceil(x);
  return Math.round(x);
}

/** The weight of an element at a distance. */
function kernelOf(distance: number, mode: string, a: number): number {
  const d = Math.abs(distance);
  if (mode === "linear") return Math.max(1 - d, 0);
  if (d <= 1) return (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1;
  if (d < 2) return a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a;
  return 0;
}

/** One row of weights for each element of the result. */
function weightsOf(axis: Axis, manner: Manner): Float64Array {
  const { from, to, scale } = axis;
  const weights = new Float64Array(to * from);
  const reach = manner.mode === "linear" ? 1 : 2;
  const shrink = manner.antialias && scale < 1 ? scale : 1;
  for (let i = 0; i < to; i++) {
    const x = sourceOf(i, axis, manner.transform);
    const [first, last] = [Math.floor(x - reach / shrink), Math.ceil(x + reach / shrink)];
    const row: [number, number][] = [];
    let total = 0;
    for (let j = first; j <= last; j++) {
      let w = kernelOf((j - x) * shrink, manner.mode, manner.cubic);
      if (manner.excludes && (j < 0 || j >= from)) w = 0;
      if (w === 0) continue;
      total += w;
      row.push([Math.min(Math.max(j, 0), from - 1), w]);
    }
    const by = manner.excludes || shrink < 1 ? total : 1;
    for (const [j, w] of row) weights[i * from + j]! += w / by;
  }
  return weights;
}

function along(x: Tensor, at: number, axis: Axis, manner: Manner): Tensor {
  const { from, to } = axis;
  if (manner.mode === "nearest") {
    const places = Int32Array.from({ length: to }, (_, i) => {
      const place = nearest(sourceOf(i, axis, manner.transform), manner.rounding);
      return Math.min(Math.max(place, 0), from - 1);
    });
    const times = to / from;
    const repeats = Number.isInteger(times) && places.every((j, i) => j === Math.floor(i / times));
    if (repeats) return repeated(x, at, times);
    return take(x, fromData(places, [to]), at);
  }
  // In the type of x: the weights are numbers that both float types round alike.
  const matrix = cast(fromData(weightsOf(axis, manner), [to, from], "float64"), x.dtype);
  if (at === x.rank - 1) return matmul(x, swapAxes(matrix, 0, 1));
  return swapAxes(matmul(swapAxes(x, at, x.rank - 1), swapAxes(matrix, 0, 1)), at, x.rank - 1);
}

/** Each element along an axis so many times, side by side. */
function repeated(x: Tensor, at: number, times: number): Tensor {
  const { shape } = x.type;
  const apart = reshape(x, shape.toSpliced(at + 1, 0, 1));
  const copies = broadcastTo(apart, shape.toSpliced(at + 1, 0, times));
  return reshape(copies, shape.with(at, shape[at]! * times));
}

/** Lengths of the axes that change, from scales or sizes. */
function axesOf(
  c: Call,
  x: Tensor,
  axes: readonly number[],
  scalesAt: number,
  roi: readonly number[],
): Axis[] {
  const dims = axes.map((axis) => x.type.shape[axis]!);
  const policy = c.text("keep_aspect_ratio_policy", "stretch", [
    "stretch",
    "not_larger",
    "not_smaller",
  ]);
  const sizes = scalesAt === 2 && (c.maybe(3)?.size ?? 0) > 0 ? c.numbers(3) : undefined;
  const scales = sizes ? undefined : c.numbers(scalesAt);
  const given = sizes ?? scales!;
  if (given.length !== axes.length)
    throw c.refuse(`expected ${axes.length} scales or sizes, received ${given.length}`);
  let factors = scales ?? sizes!.map((size, i) => size / dims[i]!);
  let lengths = sizes ?? scales!.map((scale, i) => Math.floor(dims[i]! * scale));
  if (sizes && policy !== "stretch") {
    const one = policy === "not_larger" ? Math.min(...factors) : Math.max(...factors);
    factors = factors.map(() => one);
    lengths = dims.map((dim) => Math.round(one * dim));
  }
  return axes.map((_, i) => {
    const [to, scale] = [lengths[i]!, factors[i]!];
    if (!(to >= 0 && to < 2 ** 24 && scale > 0))
      throw c.refuse(`a length of ${to} is not possible`);
    c.sized([dims[i]!, to]);
    return { from: dims[i]!, to, scale, roi: [roi[i] ?? 0, roi[i + axes.length] ?? 1] };
  });
}

function resized(c: Call, scalesAt: number): Tensor {
  const given = c.x(0);
  const x = isFloat(given.dtype) ? given : cast(given, "float32");
  const manner: Manner = {
    mode: c.text("mode", "nearest", ["nearest", "linear", "cubic"]),
    transform:
      c.opset < 11
        ? "asymmetric"
        : c.text("coordinate_transformation_mode", "half_pixel", TRANSFORMS),
    rounding: c.opset < 11 ? "floor" : c.text("nearest_mode", "round_prefer_floor", ROUNDINGS),
    cubic: c.float("cubic_coeff_a", -0.75),
    excludes: c.flag("exclude_outside"),
    antialias: c.flag("antialias"),
  };
  const outside = c.float("extrapolation_value", 0);
  const axes = c.axes(c.ints("axes") ?? x.type.shape.map((_, i) => i), x.rank);
  const crops = manner.transform === "tf_crop_and_resize";
  const roi = crops ? c.numbers(1) : [];
  if (crops && roi.length !== 2 * axes.length)
    throw c.refuse(`expected a region of two numbers an axis, received ${showShape(roi)}`);
  const list = axesOf(c, x, axes, scalesAt, roi);
  c.sized(x.type.shape.map((dim, i) => list[axes.indexOf(i)]?.to ?? dim));
  let y = x;
  list.forEach((axis, i) => {
    const changes = axis.from !== axis.to || axis.scale !== 1 || crops;
    if (changes) y = along(y, axes[i]!, axis, manner);
  });
  if (crops) {
    list.forEach((axis, i) => {
      const inside = Array.from({ length: axis.to }, (_, k) => {
        const at = sourceOf(k, axis, manner.transform);
        return at >= 0 && at <= axis.from - 1;
      });
      const mask = tensor(inside, "bool").reshape(
        y.type.shape.map((dim, k) => (k === axes[i] ? dim : 1)),
      );
      y = where(mask, y, full([], outside, y.dtype));
    });
  }
  return c.like(y, given);
}

export const resizes: OpRows = {
  Resize: reading([1, 2, 3], (c) => resized(c, c.opset < 11 ? 1 : 2)),
  Upsample: reading([1], (c) => resized(c, 1)),
};
