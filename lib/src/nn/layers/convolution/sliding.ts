// What convolutions share: options, the kernel that slides, and the layer around it.

import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Shape } from "../../../shapes/index.ts";
import { add } from "../../../tensor/elementwise.ts";
import { convolve1d, convolve2d } from "../../../tensor/windows/convolution.ts";
import { type WeightedOptions, weighted } from "../core/weighted.ts";
import { type Layer, specOf } from "../layer.ts";
import {
  AXES_OF,
  countWindows,
  type Dimensions,
  expectExampleAxes,
  lengths,
  spansOf,
  type Windows,
} from "./windows.ts";

/** Options of all convolutions but for groups. */
export interface SlidingOptions<P extends string, W, I extends Shape> extends WeightedOptions<I> {
  /** How far the kernel moves from one output to the next; 1 by default. */
  readonly strides?: W;
  /**
   * "valid" (default): the kernel stays inside. "same": zeros around the input, so that there is an
   * output for every stride. "causal" (along steps): zeros before it only, so no output sees a later step.
   */
  readonly padding?: P;
  /** How far apart the kernel's elements lie; 1 by default. */
  readonly dilation?: W;
}

/** How many filters a convolution has over some channels, and in how many groups. */
export interface Grouping {
  readonly filters: number | ((channels: number) => number);
  readonly groups: number | ((channels: number) => number);
}

type Args = SlidingOptions<string, number | readonly number[], any> & {
  readonly kernelSize: number | readonly number[];
};

/**
 * The layer of a convolution over so many axes. Parameters w [...kernel, channels / groups, filters] and
 * b [filters].
 * @throws ArgumentError where filters do not divide into groups
 */
export function convolution(
  kind: string,
  dimensions: Dimensions,
  args: Args & { readonly [name: string]: unknown },
  { filters, groups }: Grouping,
): Layer<any, any> {
  const windows = windowsOf(dimensions, args);
  const of = (rule: Grouping["filters"], input: readonly number[]) =>
    typeof rule === "number" ? rule : rule(input.at(-1)!);
  if (typeof filters === "number" && typeof groups === "number" && filters % groups !== 0) {
    throw new ArgumentError(`${kind}: ${filters} filters do not divide into ${groups} groups`);
  }
  return {
    kind,
    name: args.name,
    inputShape: args.inputShape,
    trainable: args.trainable,
    spec: specOf(kind, args),
    outputShape: (input) => {
      expectExampleAxes(kind, input, AXES_OF[dimensions]);
      if (input.at(-1)! % of(groups, input) !== 0) {
        throw new ShapeError(
          `${kind}: the ${input.at(-1)} channels of ${showShape(input)} do not divide into ` +
            `${of(groups, input)} groups`,
        );
      }
      return [...countWindows(kind, "kernel", input, windows), of(filters, input)];
    },
    ...weighted(
      typeof filters === "number" ? filters : (input) => of(filters, input),
      args,
      (input) => [...windows.size, input.at(-1)! / of(groups, input), of(filters, input)],
      (x, w) => slide(x, w, windows, of(groups, x.type.shape)),
    ),
  };
}

/** The kernel, its steps and its padding, of a layer's arguments. */
function windowsOf(dimensions: Dimensions, args: Args): Windows {
  return {
    size: lengths(args.kernelSize, dimensions),
    strides: lengths(args.strides ?? 1, dimensions),
    dilation: lengths(args.dilation ?? 1, dimensions),
    padding: args.padding ?? "valid",
  };
}

/** x [batch, ..., channels] with w [...kernel, channels / groups, filters]. */
function slide(x: Tensor, w: Tensor, windows: Windows, groups: number): Tensor {
  const { size, strides, dilation, padding } = windows as Windows & { padding: "valid" | "same" };
  const [s0, s1, s2] = strides as [number, number, number];
  const [d0, d1, d2] = dilation as [number, number, number];
  if (size.length === 1) {
    const before = spansOf(windows)[0]! - 1;
    const sides = (padding as string) === "causal" ? ([before, 0] as const) : padding;
    return convolve1d(x, w, { stride: s0, padding: sides, dilation: d0, groups });
  }
  if (size.length === 2) {
    return convolve2d(x, w, { strides: [s0, s1], padding, dilation: [d0, d1], groups });
  }
  const images = { strides: [s1, s2], padding, dilation: [d1, d2], groups } as const;
  return alongDepth(x, w, windows, (image, kernel) => convolve2d(image, kernel, images));
}

/** A convolution of volumes: for each place of the kernel's depth one of images, added up. */
function alongDepth(
  x: Tensor,
  w: Tensor,
  windows: Windows,
  ofImages: (x: Tensor, w: Tensor) => Tensor,
): Tensor {
  const [n, depth, ...image] = x.type.shape as [number, number, number, number, number];
  const [kd, ...kernel] = w.type.shape as [number, number, number, number, number];
  const [stride, span] = [windows.strides[0]!, spansOf(windows)[0]!];
  const fitting = windows.padding === "valid" ? depth - span + stride : depth + stride - 1;
  const outputs = Math.floor(fitting / stride);
  const beyond = Math.max((outputs - 1) * stride + span - depth, 0); // 0 where all stay inside
  const low = Math.floor(beyond / 2);
  const sides = (amount: number) => [0, amount, 0, 0, 0];
  const padded = prims.pad(x, {
    low: sides(low),
    high: sides(beyond - low),
    interior: sides(0),
  });
  const terms = Array.from({ length: kd }, (_, i) => {
    const first = i * windows.dilation[0]!;
    const slices = prims.slice(padded, {
      start: sides(first),
      end: [n, first + (outputs - 1) * stride + 1, ...image],
      step: [1, stride, 1, 1, 1],
    });
    const part = prims.slice(w, {
      start: [i, 0, 0, 0, 0],
      end: [i + 1, ...kernel],
      step: [1, 1, 1, 1, 1],
    });
    return ofImages(
      prims.reshape(slices, { shape: [n * outputs, ...image] }),
      prims.reshape(part, { shape: kernel }),
    );
  });
  const total = terms.reduce((a, b) => add(a, b));
  return prims.reshape(total, { shape: [n, outputs, ...total.type.shape.slice(1)] });
}
