// Pooling over images (NHWC): the largest or the mean of each window.

import { anything, expectOptions, type Kinds } from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { isFloat } from "../../ir/dtype.ts";
import type { Pair } from "../../ir/op-table.ts";
import { showShape } from "../../ir/shape.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { ones } from "../create.ts";
import { add, cast, div } from "../elementwise.ts";
import {
  expectRank,
  type Padding,
  paddingKind,
  pairOf,
  resolvePadding,
  sizesKind,
} from "./padding.ts";

/** Options of maxPool() and avgPool(). */
export interface PoolOptions {
  /** The window's own size by default. */
  readonly strides?: number | Pair;
  readonly padding?: Padding;
}
const POOL: Kinds<PoolOptions> = { strides: sizesKind, padding: paddingKind };

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
