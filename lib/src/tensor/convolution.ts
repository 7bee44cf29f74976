// Convolution and pooling over images (NHWC) and sequences (NWC).

import {
  anything,
  count,
  expectOptions,
  type Kind,
  type Kinds,
  listOf,
  number,
  oneOf,
} from "../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../checks/errors.ts";
import { unknownName } from "../checks/nearest.ts";
import { signature } from "../checks/signature.ts";
import { isFloat } from "../ir/dtype.ts";
import type { Pair } from "../ir/op-table.ts";
import { showShape } from "../ir/shape.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { tensorKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import { ones } from "./create.ts";
import { add, cast, div } from "./elementwise.ts";

/** "valid" (none), "same" (output = input / stride, rounded up), or [[top, bottom], [left, right]]. */
export type Padding = "valid" | "same" | readonly [Pair, Pair];

/**
 * Options of convolve2d(). Strides and dilation are 1 by default, in elements, as one number or [height,
 * width]; padding is "valid"; groups are 1.
 */
export interface Convolve2dOptions {
  readonly strides?: number | Pair;
  readonly padding?: Padding;
  readonly dilation?: number | Pair;
  readonly groups?: number;
}

/** Options of convolve1d(), as those of convolve2d() along one axis. */
export interface Convolve1dOptions {
  readonly stride?: number;
  readonly padding?: "valid" | "same" | Pair;
  readonly dilation?: number;
  readonly groups?: number;
}

/** Options of convolve2dTranspose(): those of the convolution that it turns around. */
export interface Convolve2dTransposeOptions {
  readonly strides?: number | Pair;
  readonly padding?: "valid" | "same";
  readonly dilation?: number | Pair;
}

/** Options of maxPool() and avgPool(). */
export interface PoolOptions {
  /** The window's own size by default. */
  readonly strides?: number | Pair;
  readonly padding?: Padding;
}

const isPairOf = (x: unknown, kind: Kind) => listOf(kind).fits(x) && (x as Pair).length === 2;

const sizesKind: Kind<number | Pair> = {
  says: "a whole number above 0, or a pair of them",
  fits: (x) => count.fits(x) || isPairOf(x, count),
};
// What its numbers are, and which names there are, resolvePadding() says.
const paddingKind: Kind<never> = {
  says: '"valid", "same" or [[top, bottom], [left, right]]',
  fits: (x) => typeof x === "string" || isPairOf(x, { says: "", fits: (y) => isPairOf(y, number) }),
};
const CONV: Kinds<Convolve2dOptions> = {
  strides: sizesKind,
  padding: paddingKind,
  dilation: sizesKind,
  groups: count,
};
const CONV1D: Kinds<Convolve1dOptions> = {
  stride: count,
  padding: {
    says: '"valid", "same" or [before, after]',
    fits: (x) => typeof x === "string" || isPairOf(x, number),
  },
  dilation: count,
  groups: count,
};
const TRANSPOSE: Kinds<Convolve2dTransposeOptions> = {
  strides: sizesKind,
  padding: oneOf("valid", "same"),
  dilation: sizesKind,
};
const POOL: Kinds<PoolOptions> = { strides: sizesKind, padding: paddingKind };

const checkConvolve2d = signature<typeof convolve2d>(
  "convolve2d(x, kernel, { strides, padding, dilation, groups })",
  tensorKind,
  tensorKind,
  anything,
);

/**
 * Cross-correlation, which the field calls convolution: x [n, h, w, in] with kernel
 * [kh, kw, in / groups, out] gives [n, h', w', out].
 */
export function convolve2d(x: Tensor, kernel: Tensor, options: Convolve2dOptions = {}): Tensor {
  checkConvolve2d(arguments);
  expectOptions("convolve2d", options, CONV);
  expectRank("convolve2d", x, 4, "[examples, height, width, channels]");
  expectRank("convolve2d", kernel, 4, "a kernel [height, width, channels in, channels out]");
  const [, h, w] = x.type.shape as [number, number, number];
  const [kh, kw] = kernel.type.shape as [number, number];
  const strides = pairOf(options.strides ?? 1);
  const dilation = pairOf(options.dilation ?? 1);
  const spans: Pair = [(kh - 1) * dilation[0] + 1, (kw - 1) * dilation[1] + 1];
  const padding = resolvePadding("convolve2d", options.padding ?? "valid", [h, w], spans, strides);
  expectFit("convolve2d", x, kernel, options.groups ?? 1, spans, padding);
  return prims.conv(x, kernel, { strides, padding, dilation, groups: options.groups ?? 1 });
}

const checkConvolve1d = signature<typeof convolve1d>(
  "convolve1d(x, kernel, { stride, padding, dilation, groups })",
  tensorKind,
  tensorKind,
  anything,
);

/** x [n, w, in] with kernel [kw, in / groups, out] gives [n, w', out]. */
export function convolve1d(x: Tensor, kernel: Tensor, options: Convolve1dOptions = {}): Tensor {
  checkConvolve1d(arguments);
  expectOptions("convolve1d", options, CONV1D);
  expectRank("convolve1d", x, 3, "[examples, steps, channels]");
  expectRank("convolve1d", kernel, 3, "a kernel [steps, channels in, channels out]");
  const [n, w, c] = x.type.shape as [number, number, number];
  const { stride = 1, padding = "valid", dilation = 1, groups = 1 } = options;
  const sides = typeof padding === "string" ? padding : ([[0, 0], padding] as const);
  const spans: Pair = [1, (kernel.type.shape[0]! - 1) * dilation + 1];
  const around = resolvePadding("convolve1d", sides, [1, w], spans, [1, stride]);
  expectFit("convolve1d", x, kernel, groups, spans.slice(1), around.slice(1));
  const row = convolve2d(
    prims.reshape(x, { shape: [n, 1, w, c] }),
    prims.reshape(kernel, { shape: [1, ...kernel.type.shape] }),
    { strides: [1, stride], dilation: [1, dilation], groups, padding: around },
  );
  return prims.reshape(row, { shape: row.type.shape.toSpliced(1, 1) });
}

const checkConvolve2dTranspose = signature<typeof convolve2dTranspose>(
  "convolve2dTranspose(x, kernel, { strides, padding, dilation })",
  tensorKind,
  tensorKind,
  anything,
);

/**
 * The transpose of convolve2d, which enlarges: x [n, h, w, in] with kernel [kh, kw, out, in] gives
 * [n, h * stride, …, out] for padding "same", and for "valid", as Keras does,
 * [n, h * stride + max(kh - stride, 0), …, out].
 */
export function convolve2dTranspose(
  x: Tensor,
  kernel: Tensor,
  options: Convolve2dTransposeOptions = {},
): Tensor {
  checkConvolve2dTranspose(arguments);
  expectOptions("convolve2dTranspose", options, TRANSPOSE);
  expectRank("convolve2dTranspose", x, 4, "[examples, height, width, channels]");
  expectRank(
    "convolve2dTranspose",
    kernel,
    4,
    "a kernel [height, width, channels out, channels in]",
  );
  const [, h, w] = x.type.shape as [number, number, number];
  const [kh, kw, , channels] = kernel.type.shape as [number, number, number, number];
  if (channels !== x.type.shape[3]) {
    throw new ShapeError(
      `convolve2dTranspose: kernel ${showShape(kernel.shape)} takes ${channels} channels, ` +
        `its input ${showShape(x.shape)} has ${x.type.shape[3]}`,
    );
  }
  const strides = pairOf(options.strides ?? 1);
  const dilation = pairOf(options.dilation ?? 1);
  const spans: Pair = [(kh - 1) * dilation[0] + 1, (kw - 1) * dilation[1] + 1];
  const name = options.padding ?? "valid";
  const enlarged = (length: number, i: 0 | 1) =>
    length * strides[i] + (name === "same" ? 0 : Math.max(spans[i] - strides[i], 0));
  const size: Pair = [enlarged(h, 0), enlarged(w, 1)];
  const padding = resolvePadding("convolve2dTranspose", name, size, spans, strides);
  return prims.convGradInput(x, kernel, { strides, padding, dilation, groups: 1, size });
}

const checkMaxPool = signature<typeof maxPool>(
  "maxPool(x, window, { strides, padding })",
  tensorKind,
  sizesKind,
  anything,
);

/** The largest element of each window; its gradient goes to the first of equals. */
export function maxPool(x: Tensor, window: number | Pair, options: PoolOptions = {}): Tensor {
  checkMaxPool(arguments);
  expectOptions("maxPool", options, POOL);
  return prims.maxPool(x, poolParams("maxPool", x, window, options));
}

const checkAvgPool = signature<typeof avgPool>(
  "avgPool(x, window, { strides, padding })",
  tensorKind,
  sizesKind,
  anything,
);

/** The average of each window, as a float; padding is not counted. */
export function avgPool(x: Tensor, window: number | Pair, options: PoolOptions = {}): Tensor {
  checkAvgPool(arguments);
  expectOptions("avgPool", options, POOL);
  const params = poolParams("avgPool", x, window, options);
  const float = isFloat(x.dtype) ? x : cast(x, "float32");
  const total = windowSum(float, params);
  if (params.padding.flat().every((amount) => amount === 0)) {
    return div(total, params.window[0] * params.window[1]);
  }
  const [, h, w] = x.type.shape as [number, number, number];
  return div(total, windowSum(ones([1, h, w, 1], float.dtype), params));
}

/** The sum of each window: one shifted, strided slice for each of its places. */
function windowSum(x: Tensor, { window, strides, padding }: ReturnType<typeof poolParams>): Tensor {
  const [top, left] = padding;
  const padded = prims.pad(x, {
    low: [0, top[0], left[0], 0],
    high: [0, top[1], left[1], 0],
    interior: [0, 0, 0, 0],
  });
  const [n, h, w, c] = padded.type.shape as [number, number, number, number];
  const rows = Math.floor((h - window[0]) / strides[0]);
  const columns = Math.floor((w - window[1]) / strides[1]);
  const places = Array.from({ length: window[0] * window[1] }, (_, i) => {
    const [y, z] = [Math.floor(i / window[1]), i % window[1]];
    return prims.slice(padded, {
      start: [0, y, z, 0],
      end: [n, y + rows * strides[0] + 1, z + columns * strides[1] + 1, c],
      step: [1, strides[0], strides[1], 1],
    });
  });
  return places.reduce((a, b) => add(a, b));
}

function poolParams(op: string, x: Tensor, size: number | Pair, options: PoolOptions) {
  expectRank(op, x, 4, "[examples, height, width, channels]");
  const [, h, w] = x.type.shape as [number, number, number];
  const window = pairOf(size);
  const strides = pairOf(options.strides ?? window);
  const padding = resolvePadding(op, options.padding ?? "valid", [h, w], window, strides);
  padding.forEach(([low, high], i) => {
    const room = low + [h, w][i]! + high - window[i]!;
    if (room < 0) {
      throw new ShapeError(
        `${op}: window ${showShape(window)} is larger than its input ${showShape(x.shape)}`,
      );
    }
    const lastStart = Math.floor(room / strides[i]!) * strides[i]! - low;
    if (window[i]! <= low || lastStart >= [h, w][i]!) {
      throw new ShapeError(
        `${op}: a window ${showShape(window)} lies wholly in the padding ` +
          `[${padding.map(showShape).join(", ")}] of ${showShape(x.shape)}`,
      );
    }
  });
  return { window, strides, padding };
}

function resolvePadding(
  op: string,
  padding: Padding,
  size: Pair,
  window: Pair,
  strides: Pair,
): readonly [Pair, Pair] {
  if (padding === "valid")
    return [
      [0, 0],
      [0, 0],
    ];
  if (padding !== "same") {
    if (typeof padding === "string") throw unknownName("padding", padding, ["valid", "same"]);
    if (padding.flat().every((n) => Number.isInteger(n) && n >= 0)) return padding;
    throw new ArgumentError(
      `${op}: expected padding of whole numbers >= 0, ` +
        `received [${padding.map(showShape).join(", ")}]`,
    );
  }
  const along = (i: 0 | 1): Pair => {
    const outputs = Math.ceil(size[i] / strides[i]);
    const total = Math.max((outputs - 1) * strides[i] + window[i] - size[i], 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return [along(0), along(1)];
}

function pairOf(x: number | Pair): Pair {
  return typeof x === "number" ? [x, x] : x;
}

/** @throws ShapeError unless the kernel takes x's channels and fits into x */
function expectFit(
  op: string,
  x: Tensor,
  kernel: Tensor,
  groups: number,
  spans: readonly number[],
  padding: readonly Pair[],
): void {
  const taken = kernel.type.shape.at(-2)! * groups;
  const channels = x.type.shape.at(-1)!;
  const shapes = [kernel, x].map(({ type }) => showShape(type.shape));
  if (taken !== channels) {
    const inGroups = groups === 1 ? "" : ` in ${groups} groups`;
    throw new ShapeError(
      `${op}: kernel ${shapes[0]}${inGroups} takes ${taken} channels, ` +
        `its input ${shapes[1]} has ${channels}`,
    );
  }
  if (padding.some(([low, high], i) => low + x.type.shape[i + 1]! + high < spans[i]!)) {
    const spread = spans.some((span, i) => span !== kernel.type.shape[i]);
    throw new ShapeError(
      `${op}: kernel ${shapes[0]}${spread ? `, dilated to ${showShape(spans)},` : ""} ` +
        `is larger than its input ${shapes[1]}`,
    );
  }
}

function expectRank(op: string, x: Tensor, rank: number, axes: string): void {
  if (x.rank === rank) return;
  throw new ShapeError(`${op}: expected ${axes}, received shape ${showShape(x.shape)}`);
}
