// Convolution over images (NHWC) and sequences (NWC).

import {
  anything,
  count,
  expectOptions,
  type Kinds,
  number,
  oneOf,
} from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import type { Pair } from "../../ir/op-table.ts";
import { showShape } from "../../ir/shape.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import {
  expectRank,
  isPairOf,
  type Padding,
  paddingKind,
  pairOf,
  resolvePadding,
  sizesKind,
} from "./padding.ts";

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
