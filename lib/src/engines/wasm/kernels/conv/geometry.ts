// What a convolution is, and which of its taps fall on the image.

import type { ConvParams } from "../../../../ir/op-table.ts";
import type { Shape } from "../../../../ir/shape.ts";
import {
  type Expr,
  type FunctionBuilder,
  type Operand,
  op,
  plus,
  times,
  toExpr,
} from "../../code/index.ts";
import type { ArrayPlace } from "../../memory/place.ts";
import type { SumsForm } from "../tile/finish.ts";
import type { Accumulated } from "../tile/sums.ts";

/** y[n, oy, ox, co] = sum over ky, kx, ci of x[n, oy sy - py + ky dy, …, ci] w[ky, kx, ci, co]. */
export interface ConvSpec {
  readonly dtype: Accumulated;
  /** Images [n, h, w, ci], kernel [kh, kw, ci / groups, co], results [n, oh, ow, co]. */
  readonly x: Shape;
  readonly w: Shape;
  readonly y: Shape;
  readonly params: ConvParams;
  /** The epilogue is a few instructions. */
  readonly short: boolean;
}

/** A convolution whose two factors have places. */
export interface PlacedConv extends ConvSpec {
  readonly operands: readonly [ArrayPlace, ArrayPlace];
}

/** The sizes by name. */
export interface ConvSizes {
  readonly images: number;
  readonly h: number;
  readonly w: number;
  readonly ci: number;
  readonly kh: number;
  readonly kw: number;
  /** Channels of one group, in and out. */
  readonly inner: number;
  readonly outer: number;
  readonly oh: number;
  readonly ow: number;
  readonly co: number;
  /** Groups that are walked one after the other, and the channels of each, in and out, side by side. */
  readonly parts: number;
  readonly ins: number;
  readonly outs: number;
}

/**
 * Every channel has one filter of its own: all are walked at once, and a vector holds neighbouring channels
 * of the image as of the kernel.
 */
export function isDepthwise({ x, w, params: { groups } }: ConvSpec): boolean {
  return groups > 1 && groups === x[3] && groups === w[3];
}

export function convSizesOf(spec: ConvSpec): ConvSizes {
  const { x, w: kernel, y, params } = spec;
  const [images, h, w, ci] = x as [number, number, number, number];
  const [kh, kw, inner, co] = kernel as [number, number, number, number];
  const [, oh, ow] = y as [number, number, number];
  const outer = co / params.groups;
  const walked = isDepthwise(spec)
    ? { parts: 1, ins: ci, outs: co }
    : { parts: params.groups, ins: inner, outs: outer };
  return { images, h, w, ci, kh, kw, inner, outer, oh, ow, co, ...walked };
}

/** The form of sums of `depth` products each. */
export function formOf({ dtype, short }: ConvSpec, depth: number, columns: number): SumsForm {
  return { dtype, short, depth, columns, rank: 2 };
}

/** One axis of a convolution: sizes of image, kernel and result, and what the parameters say of it. */
export interface Axis {
  readonly image: number;
  readonly kernel: number;
  readonly result: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  /** Some tap falls on padding. */
  readonly clipped: boolean;
}

export function convAxisOf(spec: ConvSpec, axis: 0 | 1): Axis {
  const { x, w, y, params } = spec;
  return {
    image: x[1 + axis]!,
    kernel: w[axis]!,
    result: y[1 + axis]!,
    stride: params.strides[axis],
    padding: params.padding[axis][0],
    dilation: params.dilation[axis],
    clipped: params.padding[axis].some((pixels) => pixels > 0),
  };
}

/** From the first to below the last. */
export interface IndexRange {
  readonly from: Operand;
  readonly to: Operand;
}

/** How many numbers a range has. */
export function rangeLength(f: FunctionBuilder, { from, to }: IndexRange): Operand {
  if (typeof from === "number" && typeof to === "number") return to - from;
  return f.keep(op("i32.sub", to, from), "length");
}

/** The taps of a result that fall on the image, whose first tap stands at `start`. */
export function tapsAt(
  f: FunctionBuilder,
  { image, kernel, dilation, clipped }: Axis,
  start: Operand,
): IndexRange {
  if (!clipped) return { from: 0, to: kernel };
  const from = ceilDivide(f.max(op("i32.sub", 0, start), 0), dilation);
  const to = ceilDivide(f.max(op("i32.sub", image, start), 0), dilation);
  return { from: f.keep(from, "from"), to: f.min(to, kernel, "to") };
}

/** The results whose tap number `tap` falls on the image. */
export function resultsOf(
  f: FunctionBuilder,
  { image, result, stride, padding, dilation, clipped }: Axis,
  tap: Operand,
): IndexRange {
  if (!clipped) return { from: 0, to: result };
  const start = plus(times(tap, dilation), -padding);
  const from = ceilDivide(f.max(op("i32.sub", 0, start), 0), stride);
  const to = ceilDivide(f.max(op("i32.sub", image, start), 0), stride);
  return { from: f.keep(from, "from"), to: f.min(to, result, "to") };
}

/** The results all of whose taps fall on the image. */
export function interiorOf(axis: Axis): { readonly from: number; readonly to: number } {
  const { image, kernel, result, stride, padding, dilation } = axis;
  const from = Math.min(result, Math.ceil(padding / stride));
  const last = image - 1 - (kernel - 1) * dilation + padding;
  const to = Math.min(result, last < 0 ? 0 : Math.floor(last / stride) + 1);
  return { from, to: Math.max(from, to) };
}

/** For numbers of 0 or more. */
function ceilDivide(value: Operand, divisor: number): Expr {
  return divisor === 1 ? toExpr(value) : op("i32.div_u", plus(value, divisor - 1), divisor);
}
