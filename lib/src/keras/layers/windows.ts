// Convolutions, pools, borders and upsampling: whatever slides over a sequence, an image or a volume.

import type { Shape } from "../../ir/shape.ts";
import { KERNEL_AND_BIAS, KERNEL_FIELDS, WEIGHTED_FIELDS } from "./core.ts";
import {
  axisLengths,
  channelsLast,
  droppedFields,
  fixedField,
  ignoredFields,
  penaltyField,
  plainField,
} from "./fields.ts";
import { initializerField } from "./initializers.ts";
import { type ConfigField, type ConfigRow, refuseConfig } from "./row.ts";

const sliding = (dimensions: number): ConfigField[] => [
  axisLengths("kernel_size", "kernelSize", dimensions),
  axisLengths("strides", "strides", dimensions, 1),
  axisLengths("dilation_rate", "dilation", dimensions, 1),
  plainField("padding", "padding", "valid"),
  channelsLast,
];

const conv = (dimensions: number): ConfigRow => ({
  className: `Conv${dimensions}D`,
  kind: `conv${dimensions}d`,
  fields: [
    plainField("filters", "filters"),
    ...sliding(dimensions),
    plainField("groups", "groups", 1),
    ...WEIGHTED_FIELDS,
    ...KERNEL_FIELDS,
  ],
  weights: KERNEL_AND_BIAS,
});

const DEPTHWISE: readonly ConfigField[] = [
  plainField("depth_multiplier", "multiplier", 1),
  initializerField("depthwise_initializer", "weights", "glorotUniform"),
  penaltyField("depthwise_regularizer"),
  ...droppedFields("depthwise_constraint"),
  // What Keras 2 says of it as of any convolution.
  fixedField("groups", 1),
  ...ignoredFields("kernel_initializer"),
  ...droppedFields("kernel_regularizer", "kernel_constraint"),
];
const SAYS = "[..., channels, multiplier] <-> [..., 1, channels multiplier], in the same order";

/** Keras tells channels and what each is multiplied by apart. */
function perChannel([own]: readonly Shape[], spec: { readonly [name: string]: unknown }): Shape {
  const multiplier = Number(spec["multiplier"] ?? 1);
  return [...own!.slice(0, -2), own!.at(-1)! / multiplier, multiplier];
}

const depthwise = (dimensions: number): ConfigRow => ({
  className: `DepthwiseConv${dimensions}D`,
  kind: `depthwiseConv${dimensions}d`,
  fields: [...sliding(dimensions), ...WEIGHTED_FIELDS, ...DEPTHWISE],
  weights: [
    { name: "kernel", ours: ["w"], shape: perChannel, says: SAYS },
    { name: "bias", ours: ["b"] },
  ],
});

const separable = (dimensions: number): ConfigRow => ({
  className: `SeparableConv${dimensions}D`,
  kind: `separableConv${dimensions}d`,
  fields: [
    plainField("filters", "filters"),
    ...sliding(dimensions),
    ...WEIGHTED_FIELDS,
    ...DEPTHWISE,
    { ...initializerField("pointwise_initializer", "", ""), read: () => ({}), write: pointwiseToo },
    ...droppedFields("pointwise_regularizer", "pointwise_constraint"),
  ],
  weights: [
    { name: "depthwise_kernel", ours: ["depthwise/w"], shape: perChannel, says: SAYS },
    { name: "pointwise_kernel", ours: ["pointwise/w"] },
    { name: "bias", ours: ["pointwise/b"] },
  ],
});

/** Both kernels start alike here. */
const pointwiseToo: NonNullable<ConfigField["write"]> = (spec, writing) =>
  initializerField("pointwise_initializer", "weights", "glorotUniform").write?.(spec, writing);

const pool = (dimensions: number, ours: string, theirs: string): ConfigRow => ({
  className: `${theirs}Pooling${dimensions}D`,
  kind: `${ours}Pool${dimensions}d`,
  fields: [
    // Nothing is said in Keras of windows of two.
    {
      ...axisLengths("pool_size", "poolSize", dimensions),
      write: (spec) => poolSizeOf(spec, dimensions),
    },
    {
      ...axisLengths("strides", "strides", dimensions),
      read: (given, reading) => {
        // A pool moves by its own size where nothing is said.
        const isUsual = JSON.stringify(given) === JSON.stringify(reading.config["pool_size"]);
        return isUsual ? {} : axisLengths("strides", "strides", dimensions).read(given, reading);
      },
      write: (spec) => poolSizeOf({ poolSize: spec["strides"] ?? spec["poolSize"] }, dimensions),
    },
    plainField("padding", "padding", "valid"),
    channelsLast,
  ],
});

function poolSizeOf(spec: { readonly [name: string]: unknown }, dimensions: number): unknown {
  const size = spec["poolSize"] ?? 2;
  return Array.isArray(size) ? size : new Array(dimensions).fill(size);
}

const globalPool = (dimensions: number, ours: string, theirs: string): ConfigRow => ({
  className: `Global${theirs}Pooling${dimensions}D`,
  kind: "globalPool",
  fixed: { pool: ours },
  fields: [channelsLast, fixedField("keepdims", false)],
  fits: (spec, input) => spec["pool"] === ours && input.length === dimensions + 1,
});

/** How much at both ends of each axis; lists of pairs there, and here too. */
const border = (key: string): ConfigField => ({
  ...plainField(key, key),
  write: (spec, { layer, input }) => {
    const given = spec[key] ?? 1;
    const dimensions = input.length - 1;
    if (dimensions < 1) return refuseConfig(layer, `${key}: expected an example with channels`);
    const each = typeof given === "number" ? new Array(dimensions).fill(given) : given;
    const pairs = dimensions === 1 && typeof given !== "number" ? [given] : (each as unknown[]);
    const both = pairs.map((side) => (Array.isArray(side) ? side : [side, side]));
    return dimensions === 1 ? both[0] : both;
  },
});

const borders = (dimensions: number): ConfigRow[] => [
  {
    className: `ZeroPadding${dimensions}D`,
    kind: `zeroPadding${dimensions}d`,
    fields: [border("padding"), channelsLast],
  },
  {
    className: `Cropping${dimensions}D`,
    kind: `cropping${dimensions}d`,
    fields: [border("cropping"), channelsLast],
  },
];

const upsampling = (dimensions: number): ConfigRow => ({
  className: `UpSampling${dimensions}D`,
  kind: `upsampling${dimensions}d`,
  fields: [
    {
      ...axisLengths("size", "size", dimensions),
      write: (spec) => {
        const size = spec["size"] ?? 2;
        if (dimensions === 1) return Array.isArray(size) ? size[0] : size;
        return Array.isArray(size) ? size : new Array(dimensions).fill(size);
      },
    },
    {
      ...plainField("interpolation", "interpolation", "nearest"),
      write: (spec, { layer }) => {
        const given = spec["interpolation"] ?? "nearest";
        if (given === "nearest") return undefined;
        if (dimensions === 2) return "bilinear";
        return refuseConfig(layer, `interpolation "${given}" has no like in Keras`);
      },
    },
    channelsLast,
  ],
});

const ALL = [1, 2, 3];

export const CONFIG_WINDOWS: readonly ConfigRow[] = [
  ...ALL.map(conv),
  ...[1, 2].map(depthwise),
  ...[1, 2].map(separable),
  {
    className: "Conv2DTranspose",
    kind: "conv2dTranspose",
    fields: [
      plainField("filters", "filters"),
      ...sliding(2),
      fixedField("output_padding"),
      fixedField("groups", 1),
      ...WEIGHTED_FIELDS,
      ...KERNEL_FIELDS,
    ],
    weights: KERNEL_AND_BIAS,
  },
  ...ALL.flatMap((n) => [pool(n, "max", "Max"), pool(n, "avg", "Average")]),
  ...ALL.flatMap((n) => [globalPool(n, "max", "Max"), globalPool(n, "average", "Average")]),
  ...ALL.flatMap(borders),
  ...ALL.map(upsampling),
];
