// Convolution and its transpose along one, two or three axes; images are NCHW in ONNX, NHWC here.

import { showShape, sizeOf } from "../../../../ir/shape.ts";
import { prims } from "../../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part } from "../../../../tensor/arranging/roll.ts";
import { add } from "../../../../tensor/elementwise.ts";
import { concat } from "../../../../tensor/joining.ts";
import { flip, reshape, transpose } from "../../../../tensor/movement.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows } from "../../core/rows.ts";
import { AUTO_PADS, type Geometry, geometryOf, perAxis, windowSpan } from "./geometry.ts";

/** x [n, c, ...] and kernel [out, c / groups, ...] to [n, out, ...]. */
export function convolveAxes(x: Tensor, kernel: Tensor, g: Geometry, groups: number): Tensor {
  const axes = x.rank - 2;
  if (axes === 1) return convolve1(x, kernel, g, groups);
  if (axes === 2) return convolve2(x, kernel, g, groups);
  return convolveDeep(x, kernel, g, groups);
}

function convolve1(x: Tensor, kernel: Tensor, g: Geometry, groups: number): Tensor {
  const wide = (t: Tensor) => reshape(t, t.type.shape.toSpliced(2, 0, 1));
  const y = convolve2(wide(x), wide(kernel), behind(g), groups);
  return reshape(y, y.type.shape.toSpliced(2, 1));
}

/** The same windows with an axis of one before. */
const behind = (g: Geometry): Geometry => ({
  kernel: [1, ...g.kernel],
  strides: [1, ...g.strides],
  dilations: [1, ...g.dilations],
  low: [0, ...g.low],
  high: [0, ...g.high],
  over: [0, ...g.over],
  outs: [1, ...g.outs],
});

function convolve2(x: Tensor, kernel: Tensor, g: Geometry, groups: number): Tensor {
  const y = prims.conv(transpose(x, [0, 2, 3, 1]), transpose(kernel, [2, 3, 1, 0]), {
    strides: [g.strides[0]!, g.strides[1]!],
    padding: [
      [g.low[0]!, g.high[0]!],
      [g.low[1]!, g.high[1]!],
    ],
    dilation: [g.dilations[0]!, g.dilations[1]!],
    groups,
  });
  return transpose(y, [0, 3, 1, 2]);
}

/** The sum over the first axis of the kernel of convolutions along the others. */
function convolveDeep(x: Tensor, kernel: Tensor, g: Geometry, groups: number): Tensor {
  const inner: Geometry = {
    kernel: g.kernel.slice(1),
    strides: g.strides.slice(1),
    dilations: g.dilations.slice(1),
    low: g.low.slice(1),
    high: g.high.slice(1),
    over: g.over.slice(1),
    outs: g.outs.slice(1),
  };
  const none = x.type.shape.map(() => 0);
  const padded = prims.pad(x, {
    low: none.with(2, g.low[0]!),
    high: none.with(2, g.high[0]!),
    interior: none,
  });
  const n = x.type.shape[0]!;
  const outs = g.outs[0]!;
  const turns = Array.from({ length: g.kernel[0]! }, (_, k) => {
    const from = k * g.dilations[0]!;
    const cut = prims.slice(padded, {
      start: none.with(2, from),
      end: padded.type.shape.with(2, from + (outs - 1) * g.strides[0]! + 1),
      step: none.map(() => 1).with(2, g.strides[0]!),
    });
    // [n, c, d, ...] to [n d, c, ...], each depth an image of its own
    const order = [0, 2, 1, ...cut.type.shape.slice(3).map((_, i) => i + 3)];
    const images = transpose(cut, order);
    const flat = reshape(images, [n * outs, ...images.type.shape.slice(2)]);
    const one = part(kernel, 2, k, k + 1);
    const y = convolveAxes(flat, reshape(one, kernel.type.shape.toSpliced(2, 1)), inner, groups);
    return transpose(reshape(y, [n, outs, ...y.type.shape.slice(1)]), order);
  });
  return turns.reduce((a, b) => add(a, b));
}

/** A bias [channels] added to [n, channels, ...]. */
export function biased(y: Tensor, bias: Tensor | undefined): Tensor {
  if (!bias) return y;
  return add(y, reshape(bias, [bias.size, ...y.type.shape.slice(2).map(() => 1)]));
}

/** Operands that fit, and the sizes of the windows. @throws OnnxError where they do not */
export function operands(
  c: Call,
  x: Tensor,
  kernel: Tensor,
): { sizes: number[]; window: number[]; groups: number } {
  const groups = c.int("group", 1);
  if (x.rank < 3 || x.rank > 5 || kernel.rank !== x.rank) {
    throw c.refuse(
      `data ${showShape(x.shape)} and kernel ${showShape(kernel.shape)}; covered are 1 to 3 axes of space`,
    );
  }
  const window = kernel.type.shape.slice(2);
  const said = c.ints("kernel_shape");
  if (said && (said.length !== window.length || said.some((k, i) => k !== window[i]))) {
    throw c.refuse(
      `kernel_shape ${showShape(said)} is not that of the kernel, ${showShape(kernel.shape)}`,
    );
  }
  if (groups < 1 || x.type.shape[1]! % groups !== 0) {
    throw c.refuse(`${x.type.shape[1]} channels are not ${groups} equal groups`);
  }
  return { sizes: x.type.shape.slice(2), window, groups };
}

function conv(c: Call): Tensor {
  const [x, kernel] = [c.x(0), c.x(1)];
  const { sizes, window, groups } = operands(c, x, kernel);
  if (kernel.type.shape[1]! * groups !== x.type.shape[1] || kernel.type.shape[0]! % groups !== 0) {
    throw c.refuse(
      `kernel ${showShape(kernel.shape)} in ${groups} groups does not fit ${showShape(x.shape)}`,
    );
  }
  return biased(convolveAxes(x, kernel, geometryOf(c, sizes, window), groups), c.maybe(2));
}

/** The transpose of a convolution: what takes gradients back to its images, where there is such a convolution. */
function convTranspose(c: Call): Tensor {
  const [x, kernel] = [c.x(0), c.x(1)];
  const { sizes, window, groups } = operands(c, x, kernel);
  const n = sizes.length;
  if (kernel.type.shape[0] !== x.type.shape[1]) {
    throw c.refuse(`kernel ${showShape(kernel.shape)} does not fit ${showShape(x.shape)}`);
  }
  const strides = perAxis(c, "strides", n, 1, 1);
  const dilations = perAxis(c, "dilations", n, 1, 1);
  const more = perAxis(c, "output_padding", n, 0, 0);
  const spans = window.map((k, i) => windowSpan(k, dilations[i]!));
  const auto = c.text("auto_pad", "NOTSET", AUTO_PADS);
  const shape = c.ints("output_shape");
  const given = c.ints("pads") ?? Array<number>(2 * n).fill(0);
  const around = sizes.map((size, i): [number, number] => {
    const full = strides[i]! * (size - 1) + more[i]! + spans[i]!;
    if (!shape && (auto === "NOTSET" || auto === "VALID")) {
      return auto === "VALID" ? [0, 0] : [given[i] ?? 0, given[i + n] ?? 0];
    }
    const wanted = shape ? shape.at(i - n)! : size * strides[i]!;
    const total = Math.max(full - wanted, 0);
    const half = Math.floor(total / 2);
    return auto === "SAME_UPPER" ? [half, total - half] : [total - half, half];
  });
  const grown = sizes.map((size, i) => {
    const full = strides[i]! * (size - 1) + more[i]! + spans[i]!;
    return shape ? shape.at(i - n)! : full - around[i]![0] - around[i]![1];
  });
  if (grown.some((size) => size < 1 || size > 2 ** 24))
    throw c.refuse(`the result would be ${showShape(grown)}`);
  c.sized([...x.type.shape.slice(0, 2), ...grown]);
  const isGradient = sizes.every((size, i) => {
    const [low, high] = around[i]!;
    const steps = Math.floor((grown[i]! + low + high - spans[i]!) / strides[i]!);
    return low >= 0 && high >= 0 && steps + 1 === size;
  });
  if (n <= 2 && isGradient) {
    return biased(backwards(x, kernel, { strides, dilations, around, grown, groups }), c.maybe(2));
  }
  const y = overZeros(x, kernel, { strides, dilations, around, grown, groups });
  return biased(y, c.maybe(2));
}

/** How a transposed convolution makes images larger, axis by axis. */
interface Growth {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** What is cut off around. */
  readonly around: readonly (readonly [number, number])[];
  readonly grown: readonly number[];
  readonly groups: number;
}

/** As the gradient of a convolution by its images. */
function backwards(x: Tensor, kernel: Tensor, growth: Growth): Tensor {
  const { strides, dilations, around, grown, groups } = growth;
  if (grown.length === 1) {
    const wide = (t: Tensor) => reshape(t, t.type.shape.toSpliced(2, 0, 1));
    const y = backwards(wide(x), wide(kernel), {
      strides: [1, ...strides],
      dilations: [1, ...dilations],
      around: [[0, 0], ...around],
      grown: [1, ...grown],
      groups,
    });
    return reshape(y, y.type.shape.toSpliced(2, 1));
  }
  const pair = <T>(each: readonly T[]) => [each[0]!, each[1]!] as const;
  const y = prims.convGradInput(transpose(x, [0, 2, 3, 1]), transpose(kernel, [2, 3, 1, 0]), {
    strides: pair(strides),
    padding: pair(around),
    dilation: pair(dilations),
    groups,
    size: pair(grown),
  });
  return transpose(y, [0, 3, 1, 2]);
}

/** As a convolution with the kernel turned round, over zeros between the elements. */
function overZeros(x: Tensor, kernel: Tensor, growth: Growth): Tensor {
  const { strides, dilations, around, grown, groups } = growth;
  const window = kernel.type.shape.slice(2);
  const spans = window.map((k, i) => windowSpan(k, dilations[i]!));
  const none = x.type.shape.map(() => 0);
  const spread = prims.pad(x, {
    low: none,
    high: none,
    interior: [0, 0, ...strides.map((s) => s - 1)],
  });
  // As much on both sides as lets the turned kernel meet what the plain one would have written.
  const low = spans.map((span, i) => span - 1 - around[i]![0]);
  const high = grown.map((size, i) => size + spans[i]! - 1 - low[i]! - spread.type.shape[i + 2]!);
  const fitted = fitAround(spread, low, high);
  const g: Geometry = {
    kernel: window,
    strides: strides.map(() => 1),
    dilations,
    low: none.slice(2),
    high: none.slice(2),
    over: none.slice(2),
    outs: grown,
  };
  return convolveAxes(fitted, turned(kernel, groups), g, groups);
}

/** Zeros around, or elements cut off where an amount is below 0. */
function fitAround(x: Tensor, low: readonly number[], high: readonly number[]): Tensor {
  const cut = prims.slice(x, {
    start: [0, 0, ...low.map((n) => Math.max(-n, 0))],
    end: x.type.shape.map((dim, i) => (i < 2 ? dim : dim - Math.max(-high[i - 2]!, 0))),
    step: x.type.shape.map(() => 1),
  });
  const amount = (list: readonly number[]) => [0, 0, ...list.map((n) => Math.max(n, 0))];
  return prims.pad(cut, {
    low: amount(low),
    high: amount(high),
    interior: x.type.shape.map(() => 0),
  });
}

/** [in, out / groups, ...] to [out, in / groups, ...], each axis of space turned round. */
function turned(kernel: Tensor, groups: number): Tensor {
  const ins = kernel.type.shape[0]!;
  const space = kernel.type.shape.slice(2);
  const axes = space.map((_, i) => i + 2);
  const back = sizeOf(space) > 0 ? flip(kernel, axes) : kernel;
  const each = Array.from({ length: groups }, (_, g) => {
    const own = part(back, 0, (g * ins) / groups, ((g + 1) * ins) / groups);
    return transpose(own, [1, 0, ...axes]);
  });
  return concat(each, 0);
}

export const convolutions: OpRows = {
  Conv: computing(conv),
  ConvTranspose: computing(convTranspose),
};
