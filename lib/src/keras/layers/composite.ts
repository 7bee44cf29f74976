// Layers that hold others, attention, and layers that join several inputs.

import { isRecord, showJson } from "../../formats/json.ts";
import type { Shape } from "../../ir/shape.ts";
import { layerFromSpec } from "../../nn/layers/registry.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { droppedFields, fixedField, ignoredFields, penaltyField, plainField } from "./fields.ts";
import { initializerField } from "./initializers.ts";
import {
  type ConfigField,
  type ConfigRow,
  type KerasConfig,
  refuseConfig,
  type WeightRow,
} from "./row.ts";

const held = (spec: LayerSpec, name: string) => spec[name] as LayerSpec;

/** Its own name, or one of where it stands. */
const nameOf = (spec: LayerSpec, place: string) => String(spec["name"] ?? place);

const MERGES: Readonly<Record<string, string>> = {
  concat: "concat",
  sum: "sum",
  mul: "mul",
  ave: "mean",
};

const BIDIRECTIONAL: readonly ConfigField[] = [
  {
    key: "layer",
    ours: "layer",
    read: (given, { inner, input }) => {
      const { zeroOutputForMask: _, name: _n, ...layer } = inner(given, input);
      return { layer };
    },
    write: (spec, { inner, input, layer }) => inner(held(spec, "layer"), `forward_${layer}`, input),
  },
  {
    key: "backward_layer",
    ours: "backward",
    read: (given, { inner, input }) => {
      if (given === undefined || given === null) return {};
      const { zeroOutputForMask: _, name: _n, ...backward } = inner(given, input);
      return { backward };
    },
    write: (spec, { inner, input, layer }) => {
      const own = spec["backward"];
      return own === undefined ? undefined : inner(own as LayerSpec, `backward_${layer}`, input);
    },
  },
  {
    key: "merge_mode",
    ours: "merge",
    read: (given, { layer }) => {
      const name = String(given);
      if (!Object.hasOwn(MERGES, name)) {
        refuseConfig(
          layer,
          `merge_mode ${showJson(given)} is not supported, only ${Object.keys(MERGES).join(", ")}`,
        );
      }
      return name === "concat" ? {} : { merge: MERGES[name] };
    },
    write: (spec) => Object.keys(MERGES).find((theirs) => MERGES[theirs] === spec["merge"]),
  },
];

/** A layer that reads the other way says so alone. */
function withoutMirror(spec: LayerSpec): LayerSpec {
  const { backward, ...rest } = spec;
  const turned = (one: unknown) => {
    const { goBackwards = false, ...other } = one as KerasConfig;
    return [Boolean(goBackwards), JSON.stringify(other)] as const;
  };
  if (backward === undefined) return spec;
  const [[a, forward], [b, mirrored]] = [turned(spec["layer"]), turned(backward)];
  return a !== b && forward === mirrored ? (rest as LayerSpec) : spec;
}

const HEADS = "<-> one matrix, heads side by side in the same order";

/** A projection of attention: a matrix for each head, where ours has all heads side by side. */
const projection = (part: string): WeightRow[] => [
  {
    name: `${part}/kernel`,
    part: `${part}_dense`,
    ours: [`${part}/w`],
    says: `[features, heads, size] ${HEADS}`,
    shape: ([own], spec) => {
      const heads = Number(spec["heads"]);
      return [own![0]!, heads, own![1]! / heads];
    },
  },
  {
    name: `${part}/bias`,
    part: `${part}_dense`,
    ours: [`${part}/b`],
    shape: ([own], spec) => [Number(spec["heads"]), own![0]! / Number(spec["heads"])],
  },
];

const ATTENTION: ConfigRow = {
  className: "MultiHeadAttention",
  kind: "multiHeadAttention",
  fields: [
    plainField("num_heads", "heads"),
    {
      ...plainField("key_dim", "headSize"),
      write: (spec, { input }) => spec["headSize"] ?? input.at(-1)! / Number(spec["heads"]),
    },
    {
      key: "value_dim",
      read: (given, { layer, config }) => {
        if (given === undefined || given === null || given === config["key_dim"]) return {};
        return refuseConfig(
          layer,
          `value_dim ${showJson(given)} is not supported, only that of key_dim`,
        );
      },
    },
    plainField("dropout", "dropout", 0),
    plainField("use_bias", "bias", true),
    initializerField("kernel_initializer", "weights", "glorotUniform"),
    ...ignoredFields("bias_initializer"),
    fixedField("use_gate", false),
    fixedField("output_shape"),
    fixedField("sliding_window"),
    fixedField("attention_axes", [1], 1),
    penaltyField("kernel_regularizer"),
    ...droppedFields("bias_regularizer", "kernel_constraint", "bias_constraint"),
    ...ignoredFields("query_shape", "key_shape", "value_shape"),
    // It is said where the layer is called.
    { key: "", ours: "causal", read: () => ({}) },
  ],
  weights: [
    ...["query", "key", "value"].flatMap(projection),
    {
      name: "attention_output/kernel",
      part: "output_dense",
      ours: ["output/w"],
      says: `[heads, size, features] ${HEADS}`,
      shape: ([own], spec) => {
        const heads = Number(spec["heads"]);
        return [heads, own![0]! / heads, own![1]!];
      },
    },
    { name: "attention_output/bias", part: "output_dense", ours: ["output/b"] },
  ],
};

/** Layers of a Sequential that stands in a model, each with the shape that it reads. */
function chained(layers: readonly LayerSpec[], input: Shape): [LayerSpec, Shape][] {
  let shape = input;
  return layers.map((spec) => {
    const read = shape;
    shape = layerFromSpec(spec).outputShape(shape);
    return [spec, read];
  });
}

const merge = (className: string, kind: string, ...fields: readonly ConfigField[]): ConfigRow => ({
  className,
  kind,
  fields,
});

export const CONFIG_COMPOSITE: readonly ConfigRow[] = [
  {
    className: "Bidirectional",
    kind: "bidirectional",
    fields: BIDIRECTIONAL,
    tidy: withoutMirror,
    held: (spec, input) => {
      const forward = held(spec, "layer");
      const backward = (spec["backward"] as LayerSpec | undefined) ?? forward;
      return [
        { theirs: "forward_layer", ours: "forward", spec: forward, input },
        { theirs: "backward_layer", ours: "backward", spec: backward, input },
      ];
    },
  },
  {
    className: "TimeDistributed",
    kind: "timeDistributed",
    fields: [
      {
        key: "layer",
        ours: "layer",
        read: (given, { inner, input }) => ({ layer: inner(given, input.slice(1)) }),
        write: (spec, { inner, input, layer }) =>
          inner(held(spec, "layer"), nameOf(held(spec, "layer"), `${layer}_layer`), input.slice(1)),
      },
    ],
    held: (spec, input) => [
      { theirs: "layer", ours: "layer", spec: held(spec, "layer"), input: input.slice(1) },
    ],
  },
  {
    className: "Sequential",
    kind: "block",
    fields: [
      {
        key: "layers",
        ours: "layers",
        read: (given, { inner, input, layer }) => {
          if (!Array.isArray(given)) return refuseConfig(layer, "expected a list of layers");
          let shape = input;
          const layers = given.flatMap((one): LayerSpec[] => {
            if (isRecord(one) && one["class_name"] === "InputLayer") return [];
            const spec = inner(one, shape);
            shape = layerFromSpec(spec).outputShape(shape);
            return [spec];
          });
          return { layers };
        },
        write: (spec, { inner, input, layer }) =>
          chained(spec["layers"] as readonly LayerSpec[], input).map(([one, shape], i) =>
            inner(one, nameOf(one, `${layer}_${one.kind}${i + 1}`), shape),
          ),
      },
      ...ignoredFields("build_input_shape"),
    ],
    chain: (spec, input) => chained(spec["layers"] as readonly LayerSpec[], input),
  },
  ATTENTION,
  merge("Add", "add"),
  merge("Multiply", "multiply"),
  merge("Average", "average"),
  merge("Concatenate", "concatenate", {
    key: "axis",
    read: (given, { layer, input }) =>
      given === undefined || given === -1 || given === input.length
        ? {}
        : refuseConfig(layer, `axis ${showJson(given)} is not supported, only the last one`),
  }),
];
