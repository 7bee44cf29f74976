// Separable convolutions: one of each channel by itself, then one that mixes channels (Chollet 2017).

import type { Shape } from "../../../shapes/index.ts";
import { foldIn } from "../../../tensor/random.ts";
import { expectSignature, type LayerSignature } from "../arguments.ts";
import { type InputShape, type Layer, type Params, specOf } from "../layer.ts";
import { CONV1D, CONV2D, type Conv1D, type Conv2D } from "./conv.ts";
import {
  DEPTHWISE_CONV1D,
  DEPTHWISE_CONV2D,
  type DepthwiseConv1dOptions,
  type DepthwiseConv2dOptions,
} from "./depthwise-conv.ts";
import { convolution } from "./sliding.ts";
import type { Dimensions, WindowSize } from "./windows.ts";

/** Options of separableConv1d(). */
export interface SeparableConv1dOptions<I extends Shape = any> extends DepthwiseConv1dOptions<I> {}

/** Options of separableConv2d(). */
export interface SeparableConv2dOptions<I extends Shape = any> extends DepthwiseConv2dOptions<I> {}

export const SEPARABLE_CONV1D: LayerSignature<SeparableConv1dOptions> = {
  leading: CONV1D.leading,
  options: DEPTHWISE_CONV1D.options,
};
export const SEPARABLE_CONV2D: LayerSignature<SeparableConv2dOptions> = {
  leading: CONV2D.leading,
  options: DEPTHWISE_CONV2D.options,
};

/**
 * [h, w, c] to [h', w', filters], as Keras's SeparableConv2D: depthwiseConv2d without bias, then conv2d
 * with a kernel of 1, bias and activation. Parameters depthwise/w [kh, kw, 1, c multiplier], pointwise/w
 * [1, 1, c multiplier, filters] and pointwise/b [filters].
 * @param kernelSize one length for a square kernel, or [height, width]
 * @throws ArgumentError and ShapeError as depthwiseConv2d
 */
export function separableConv2d<const N extends number, const I extends Shape = any>(
  filters: N,
  kernelSize: WindowSize,
  options: SeparableConv2dOptions<I> = {},
): Layer<Conv2D<N, "separableConv2d">, InputShape<I>> {
  const kind = "separableConv2d";
  expectSignature(kind, SEPARABLE_CONV2D, [filters, kernelSize], options);
  return separable(kind, 2, { filters, kernelSize, ...options });
}

/**
 * [t, c] to [t', filters], as Keras's SeparableConv1D. Parameters depthwise/w [k, 1, c multiplier],
 * pointwise/w [1, c multiplier, filters] and pointwise/b [filters].
 * @throws ArgumentError and ShapeError as depthwiseConv2d
 */
export function separableConv1d<const N extends number, const I extends Shape = any>(
  filters: N,
  kernelSize: number,
  options: SeparableConv1dOptions<I> = {},
): Layer<Conv1D<N, "separableConv1d">, InputShape<I>> {
  const kind = "separableConv1d";
  expectSignature(kind, SEPARABLE_CONV1D, [filters, kernelSize], options);
  return separable(kind, 1, { filters, kernelSize, ...options });
}

function separable(
  kind: string,
  dimensions: Dimensions,
  args: (SeparableConv2dOptions | SeparableConv1dOptions) & {
    readonly filters: number;
    readonly kernelSize: WindowSize;
  },
): Layer<any, any> {
  const { filters, multiplier = 1, activation, bias, biases, ...first } = args;
  const { strides, padding, dilation, multiplier: _, ...second } = args;
  const perChannel = { filters: (c: number) => c * multiplier, groups: (c: number) => c };
  const depthwise = convolution(kind, dimensions, { ...first, bias: false }, perChannel);
  const mixed = { ...second, kernelSize: 1 };
  const pointwise = convolution(kind, dimensions, mixed, { filters, groups: 1 });
  const under = (part: string, shapes: Readonly<Record<string, readonly number[]>>) =>
    Object.entries(shapes).map(([name, shape]) => [`${part}/${name}`, shape]);
  const between = (input: readonly number[]) => depthwise.outputShape(input);
  return {
    kind,
    name: args.name,
    inputShape: args.inputShape,
    trainable: args.trainable,
    spec: specOf(kind, args),
    outputShape: (input) => pointwise.outputShape(between(input)),
    weights: ["depthwise/w", "pointwise/w"],
    shapes: (input) =>
      Object.fromEntries([
        ...under("depthwise", depthwise.shapes!(input)),
        ...under("pointwise", pointwise.shapes!(between(input))),
      ]),
    init: (key, input, dtype) => {
      const first = depthwise.init(foldIn(key, 0), input, dtype).params;
      const second = pointwise.init(foldIn(key, 1), between(input), dtype).params;
      return { params: { depthwise: first, pointwise: second }, state: {} };
    },
    apply: ({ params, state }, x, context) => {
      const of = (part: string) => ({ params: params[part] as Params, state: {} });
      const unseen = { ...context, watch: undefined };
      const { y } = depthwise.apply(of("depthwise"), x, unseen);
      return { ...pointwise.apply(of("pointwise"), y, context), state };
    },
  };
}
