// Convolutions, pools and borders in Keras 3.

import { type Dimensions, lengths } from "../../../nn/layers/convolution/windows.ts";
import { pythonTuple, type WrittenLayer } from "../dialect.ts";
import {
  activationArgument,
  type KerasCode,
  refuseKerasCode,
  weightOf,
  windowText,
} from "./call.ts";

/** Arguments that all convolutions have. */
function slidingArgs({ spec }: WrittenLayer, axes: Dimensions): string[] {
  const many = (value: unknown) => windowText(lengths(value as number, axes));
  return [
    many(spec["kernelSize"]),
    `strides=${many(spec["strides"] ?? 1)}`,
    `padding="${spec["padding"] ?? "valid"}"`,
    `dilation_rate=${many(spec["dilation"] ?? 1)}`,
  ];
}

/** What dense layers and convolutions have in common. */
export function weightedArgs(layer: WrittenLayer, penalties: readonly string[]): string[] {
  const { spec } = layer;
  return [
    ...activationArgument(spec["activation"]),
    ...(spec["bias"] === false ? ["use_bias=False"] : []),
    ...penalties.map((name) => `${name}=penalty`),
  ];
}

export function weightedWeights(layer: WrittenLayer, under = ""): string[] {
  const bias = layer.spec["bias"] === false ? [] : [weightOf(layer, `${under}b`)];
  return [weightOf(layer, `${under}w`), ...bias];
}

const convolution =
  (type: string, axes: Dimensions): KerasCode =>
  (layer, isPenalized) => {
    const groups = (layer.spec["groups"] ?? 1) as number;
    return {
      type,
      args: [
        String(layer.spec["filters"]),
        ...slidingArgs(layer, axes),
        ...(groups === 1 ? [] : [`groups=${groups}`]),
        ...weightedArgs(layer, isPenalized ? ["kernel_regularizer"] : []),
      ],
      weights: weightedWeights(layer),
    };
  };

/** Keras keeps channels and multiplier apart. */
function depthwiseKernel(layer: WrittenLayer, axes: Dimensions, under = ""): string {
  const { spec, inputShape } = layer;
  const size = lengths(spec["kernelSize"] as number, axes);
  const shape = [...size, inputShape.at(-1)!, (spec["multiplier"] ?? 1) as number];
  return `${weightOf(layer, `${under}w`)}.reshape(${pythonTuple(shape)})`;
}

const multiplied = ({ spec }: WrittenLayer) => `depth_multiplier=${spec["multiplier"] ?? 1}`;

const depthwise =
  (axes: Dimensions): KerasCode =>
  (layer, isPenalized) => ({
    type: `DepthwiseConv${axes}D`,
    args: [
      ...slidingArgs(layer, axes),
      multiplied(layer),
      ...weightedArgs(layer, isPenalized ? ["depthwise_regularizer"] : []),
    ],
    weights: [depthwiseKernel(layer, axes), ...weightedWeights(layer).slice(1)],
  });

const separable =
  (axes: Dimensions): KerasCode =>
  (layer, isPenalized) => ({
    type: `SeparableConv${axes}D`,
    args: [
      String(layer.spec["filters"]),
      ...slidingArgs(layer, axes),
      multiplied(layer),
      ...weightedArgs(layer, isPenalized ? ["depthwise_regularizer", "pointwise_regularizer"] : []),
    ],
    weights: [depthwiseKernel(layer, axes, "depthwise/"), ...weightedWeights(layer, "pointwise/")],
  });

const pool =
  (type: string, axes: Dimensions): KerasCode =>
  ({ spec }) => {
    const size = spec["poolSize"] ?? 2;
    const many = (value: unknown) => windowText(lengths(value as number, axes));
    const strides = many(spec["strides"] ?? size);
    const padding = spec["padding"] ?? "valid";
    return { type, args: [many(size), `strides=${strides}`, `padding="${padding}"`] };
  };

/** A number, one each, or both ends each, as Keras writes them too. */
function borderText(value: unknown, axes: number): string {
  const text = (one: unknown): string =>
    Array.isArray(one) ? pythonTuple(one.map(text)) : String(one);
  const given = Array.isArray(value) && axes > 1 && !value.every(Array.isArray);
  // Keras takes numbers for all axes, or both ends for all of them.
  return given
    ? text((value as unknown[]).map((one) => (Array.isArray(one) ? one : [one, one])))
    : text(value);
}

const borders =
  (type: string, field: string, axes: number): KerasCode =>
  ({ spec }) => ({ type, args: [borderText(spec[field] ?? 1, axes)] });

const upsampling =
  (axes: Dimensions): KerasCode =>
  (layer) => {
    const { spec } = layer;
    const smooth = (spec["interpolation"] ?? "nearest") !== "nearest";
    if (smooth && axes !== 2)
      refuseKerasCode(layer, "Keras repeats steps and volumes, and draws no lines between");
    const sizes = lengths((spec["size"] ?? 2) as number, axes);
    const size = axes === 1 ? String(sizes[0]) : pythonTuple(sizes);
    return {
      type: `UpSampling${axes}D`,
      args: [size, ...(smooth ? ['interpolation="bilinear"'] : [])],
    };
  };

export const KERAS_WINDOW_CODE: Readonly<Record<string, KerasCode>> = {
  conv1d: convolution("Conv1D", 1),
  conv2d: convolution("Conv2D", 2),
  conv3d: convolution("Conv3D", 3),
  conv2dTranspose: convolution("Conv2DTranspose", 2),
  depthwiseConv1d: depthwise(1),
  depthwiseConv2d: depthwise(2),
  separableConv1d: separable(1),
  separableConv2d: separable(2),
  maxPool1d: pool("MaxPooling1D", 1),
  maxPool2d: pool("MaxPooling2D", 2),
  maxPool3d: pool("MaxPooling3D", 3),
  avgPool1d: pool("AveragePooling1D", 1),
  avgPool2d: pool("AveragePooling2D", 2),
  avgPool3d: pool("AveragePooling3D", 3),
  globalPool: ({ spec, inputShape }) => {
    const of = spec["pool"] === "max" ? "Max" : "Average";
    return { type: `Global${of}Pooling${inputShape.length - 1}D`, args: [] };
  },
  zeroPadding1d: borders("ZeroPadding1D", "padding", 1),
  zeroPadding2d: borders("ZeroPadding2D", "padding", 2),
  zeroPadding3d: borders("ZeroPadding3D", "padding", 3),
  cropping1d: borders("Cropping1D", "cropping", 1),
  cropping2d: borders("Cropping2D", "cropping", 2),
  cropping3d: borders("Cropping3D", "cropping", 3),
  upsampling1d: upsampling(1),
  upsampling2d: upsampling(2),
  upsampling3d: upsampling(3),
};
