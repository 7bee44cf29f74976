// Dense layers, activations, dropout and noise, and what changes only shapes.

import { showJson } from "../../formats/json.ts";
import { type Shape, sizeOf } from "../../ir/shape.ts";
import { activationField, keyOf, spelledOut } from "./activations.ts";
import {
  channelsLast,
  droppedFields,
  fixedField,
  ignoredFields,
  lastAxis,
  onlyOurs,
  penaltyField,
  plainField,
} from "./fields.ts";
import { initializerField } from "./initializers.ts";
import {
  type ConfigField,
  type ConfigRow,
  type KerasConfig,
  refuseConfig,
  type WeightRow,
} from "./row.ts";

/** What dense layers and convolutions have in common. */
export const WEIGHTED_FIELDS: readonly ConfigField[] = [
  activationField("activation", "activation", "linear"),
  plainField("use_bias", "bias", true),
  initializerField("bias_initializer", "biases", "zeros"),
  ...droppedFields("bias_regularizer", "bias_constraint"),
];
export const KERNEL_FIELDS: readonly ConfigField[] = [
  initializerField("kernel_initializer", "weights", "glorotUniform"),
  penaltyField("kernel_regularizer"),
  ...droppedFields("kernel_constraint"),
];
export const KERNEL_AND_BIAS: readonly WeightRow[] = [
  { name: "kernel", ours: ["w"] },
  { name: "bias", ours: ["b"] },
];

const activationOf = (spec: KerasConfig) => spelledOut(spec["activation"] as string | KerasConfig);

/** A class of Keras that is one of our activations, with a number. */
function activationClass(
  className: string,
  ours: string,
  number: string,
  keys: readonly string[],
  fallback: number,
): ConfigRow {
  const [written, ...older] = keys as [string, ...string[]];
  const read: ConfigField["read"] = (given) => {
    if (given === undefined || given === null) return {};
    return { activation: { name: ours, [number]: Array.isArray(given) ? given[0] : given } };
  };
  return {
    className,
    kind: "activation",
    fixed: { activation: { name: ours, [number]: fallback } },
    fields: [
      { key: written, read, write: (spec) => activationOf(spec)[number] },
      ...older.map((key) => ({ key, read })),
    ],
    fits: (spec) => keyOf(spec["activation"]) === null && activationOf(spec)["name"] === ours,
  };
}

/** max(0, x), up to 6 or without end, and perhaps not flat below 0. */
const RELU: ConfigRow = {
  className: "ReLU",
  kind: "activation",
  fixed: { activation: "relu" },
  fields: [
    {
      key: "max_value",
      read: (given, { layer }) => {
        if (given === null || given === undefined) return {};
        if (given === 6) return { activation: "relu6" };
        return refuseConfig(layer, `max_value ${showJson(given)} is not supported, only 6 or none`);
      },
    },
    {
      key: "negative_slope",
      read: (given) =>
        given === null ||
        given === undefined ||
        given === 0 ||
        (Array.isArray(given) && given[0] === 0)
          ? {}
          : { activation: { name: "leakyRelu", alpha: Array.isArray(given) ? given[0] : given } },
    },
    fixedField("threshold", 0, [0]),
  ],
  fits: () => false, // Activation says it
};

const random = (
  className: string,
  kind: string,
  key = "rate",
  ours = "p",
  ...more: readonly ConfigField[]
): ConfigRow => ({
  className,
  kind,
  fields: [
    plainField(key, ours),
    ...ignoredFields("data_format"),
    fixedField("noise_shape"),
    ...more,
  ],
});

/** Which axes share a slope: Keras counts the batch too, and shares none unless it is told. */
const SHARED: ConfigField = {
  key: "shared_axes",
  ours: "sharedAxes",
  read: (given, { layer }) => {
    const axes = given ?? [];
    if (!Array.isArray(axes) || !axes.every((axis) => Number.isInteger(axis) && axis > 0)) {
      refuseConfig(
        layer,
        `shared_axes: expected whole numbers above 0, received ${showJson(given)}`,
      );
    }
    return { sharedAxes: axes.map((axis: number) => axis - 1) };
  },
  write: (spec, { input }) => {
    const axes = spec["sharedAxes"] as readonly number[] | undefined;
    if (!axes) return input.slice(0, -1).map((_, axis) => axis + 1);
    const all = axes.map((axis) => (axis < 0 ? axis + input.length : axis) + 1);
    return all.length === 0 ? null : all;
  },
};
/** The slope at first. */
const FIRST_SLOPE: ConfigField = {
  key: "alpha_initializer",
  ours: "alpha",
  read: (given) => {
    const config = (given as { config?: KerasConfig } | null)?.config;
    const slope = config?.["value"];
    return { alpha: typeof slope === "number" ? slope : 0 };
  },
  write: (spec) => ({
    module: "keras.initializers",
    class_name: "Constant",
    config: { value: spec["alpha"] ?? 0.25 },
  }),
};

/** One length may be open, -1: it is counted. */
const TARGET: ConfigField = {
  key: "target_shape",
  ours: "shape",
  read: (given, { layer, input }) => {
    if (!Array.isArray(given) || !given.every(Number.isInteger)) {
      return refuseConfig(
        layer,
        `target_shape: expected whole numbers, received ${showJson(given)}`,
      );
    }
    const known = sizeOf(given.filter((length: number) => length >= 0));
    return { shape: given.map((length: number) => (length < 0 ? sizeOf(input) / known : length)) };
  },
  write: (spec) => spec["shape"],
};

const onesBut = (input: Shape, last: number) => [...input.slice(0, -1).map(() => 1), last];

export const CONFIG_CORE: readonly ConfigRow[] = [
  {
    className: "Dense",
    kind: "dense",
    fields: [plainField("units", "units"), ...WEIGHTED_FIELDS, ...KERNEL_FIELDS],
    weights: KERNEL_AND_BIAS,
  },
  activationClass("LeakyReLU", "leakyRelu", "alpha", ["negative_slope", "alpha"], 0.3),
  activationClass("ELU", "elu", "alpha", ["alpha"], 1),
  RELU,
  {
    className: "Softmax",
    kind: "activation",
    fixed: { activation: "softmax" },
    fields: [lastAxis],
    fits: () => false, // Activation says it
  },
  {
    className: "Activation",
    kind: "activation",
    fields: [activationField("activation", "activation", "")],
  },
  {
    className: "PReLU",
    kind: "prelu",
    fields: [SHARED, FIRST_SLOPE, ...droppedFields("alpha_regularizer", "alpha_constraint")],
    weights: [
      {
        name: "alpha",
        ours: ["alpha"],
        shape: ([own], _, input) =>
          own!.length === input.length ? own! : onesBut(input, own![0]!),
      },
    ],
  },
  {
    className: "Rescaling",
    kind: "rescaling",
    fields: [
      plainField("scale", "scale"),
      // Keras reads no Rescaling without it.
      { ...plainField("offset", "offset", 0), write: (spec) => spec["offset"] ?? 0 },
    ],
    silent: ["dtype"],
  },
  random("Dropout", "dropout", "rate", "p", onlyOurs("convention", "inverted")),
  random("SpatialDropout1D", "spatialDropout1d"),
  random("SpatialDropout2D", "spatialDropout2d"),
  random("SpatialDropout3D", "spatialDropout3d"),
  random("GaussianNoise", "gaussianNoise", "stddev", "std"),
  random("GaussianDropout", "gaussianDropout"),
  random("AlphaDropout", "alphaDropout"),
  {
    className: "ActivityRegularization",
    kind: "activityPenalty",
    fields: [plainField("l1", "l1", 0), plainField("l2", "l2", 0)],
  },
  { className: "Flatten", kind: "flatten", fields: [channelsLast] },
  { className: "Reshape", kind: "reshape", fields: [TARGET] },
  {
    className: "Embedding",
    kind: "embedding",
    fields: [
      plainField("input_dim", "size"),
      plainField("output_dim", "units"),
      plainField("mask_zero", "maskZero", false),
      initializerField("embeddings_initializer", "weights", {
        name: "uniform",
        low: -0.05,
        high: 0.05,
      }),
      penaltyField("embeddings_regularizer"),
      ...droppedFields("embeddings_constraint"),
    ],
    weights: [{ name: "embeddings", ours: ["w"] }],
  },
  {
    className: "Discretization",
    kind: "discretization",
    fields: [
      plainField("bin_boundaries", "boundaries"),
      fixedField("output_mode", "int"),
      ...ignoredFields("num_bins", "epsilon"),
    ],
  },
  {
    className: "CategoryEncoding",
    kind: "categoryEncoding",
    fields: [
      plainField("num_tokens", "categories"),
      {
        key: "output_mode",
        ours: "encoding",
        read: (given, { layer }) => {
          const ours = { multi_hot: "multiHot", one_hot: "oneHot", count: "count" }[String(given)];
          return ours
            ? { encoding: ours }
            : refuseConfig(layer, `output_mode ${showJson(given)} is not supported`);
        },
        write: (spec) =>
          ({ multiHot: "multi_hot", oneHot: "one_hot", count: "count" })[String(spec["encoding"])],
      },
    ],
    silent: ["dtype"],
  },
];
