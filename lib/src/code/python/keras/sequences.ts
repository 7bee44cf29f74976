// Embeddings and recurrent layers in Keras 3.

import type { LayerSpec } from "../../../spec/parts.ts";
import type { WrittenLayer } from "../dialect.ts";
import {
  activationArgument,
  flagText,
  type KerasCall,
  type KerasCode,
  refuseKerasCode,
  weightOf,
} from "./call.ts";

const TYPES: Readonly<Record<string, string>> = {
  simpleRnn: "SimpleRNN",
  lstm: "LSTM",
  gru: "GRU",
};

/** @param under "" or the name of a way, as "forward/" */
function cellWeights(layer: WrittenLayer, spec: LayerSpec, under = ""): string[] {
  const own = (name: string) => weightOf(layer, `${under}${name}`);
  const hasTwo = spec.kind === "gru" && spec["resetAfter"] !== false;
  const bias = hasTwo ? `np.stack([${own("b")}, ${own("bRecurrent")}])` : own("b");
  return [own("w"), own("wRecurrent"), ...(spec["bias"] === false ? [] : [bias])];
}

function recurrentCall(layer: WrittenLayer, spec: LayerSpec, isPenalized: boolean): KerasCall {
  if (spec["stateful"] === true)
    refuseKerasCode(layer, "state that goes on from batch to batch is not written");
  return {
    type: TYPES[spec.kind]!,
    args: [
      String(spec["units"]),
      ...(spec["activation"] === undefined ? [] : cellActivation(spec["activation"], "activation")),
      ...(spec["recurrentActivation"] === undefined
        ? []
        : cellActivation(spec["recurrentActivation"], "recurrent_activation")),
      ...(spec["bias"] === false ? ["use_bias=False"] : []),
      ...(spec["returnSequences"] === true ? [flagText("return_sequences", true)] : []),
      ...(spec["goBackwards"] === true ? [flagText("go_backwards", true)] : []),
      ...(spec["zeroOutputForMask"] === true ? [flagText("zero_output_for_mask", true)] : []),
      ...(spec["resetAfter"] === false ? [flagText("reset_after", false)] : []),
      ...(isPenalized ? ["kernel_regularizer=penalty", "recurrent_regularizer=penalty"] : []),
    ],
    weights: cellWeights(layer, spec),
  };
}

/** Of those that mean the same there. A name survives where Keras copies a layer, and a function does not. */
const NAMES: readonly unknown[] = [
  "elu",
  "linear",
  "relu",
  "selu",
  "sigmoid",
  "silu",
  "softplus",
  "softsign",
  "tanh",
];

function cellActivation(given: unknown, argument: string): string[] {
  return NAMES.includes(given) ? [`${argument}="${given}"`] : activationArgument(given, argument);
}

const recurrent: KerasCode = (layer, isPenalized) => recurrentCall(layer, layer.spec, isPenalized);

const MERGES: Readonly<Record<string, string>> = {
  concat: "concat",
  sum: "sum",
  mul: "mul",
  mean: "ave",
};

export const KERAS_SEQUENCE_CODE: Readonly<Record<string, KerasCode>> = {
  embedding: (layer, isPenalized) => {
    const { spec } = layer;
    return {
      type: "Embedding",
      args: [
        String(spec["size"]),
        String(spec["units"]),
        ...(spec["maskZero"] === true ? [flagText("mask_zero", true)] : []),
        ...(isPenalized ? ["embeddings_regularizer=penalty"] : []),
      ],
      weights: [weightOf(layer, "w")],
    };
  },
  simpleRnn: recurrent,
  lstm: recurrent,
  gru: recurrent,
  bidirectional: (layer, isPenalized) => {
    const { spec } = layer;
    if (spec["backward"] !== undefined)
      refuseKerasCode(layer, "a layer of its own for the way back is not written");
    const inner = spec["layer"] as LayerSpec;
    const { type, args } = recurrentCall(layer, inner, isPenalized);
    if (args.some((arg) => arg.includes("lambda") || arg.endsWith("penalty"))) {
      refuseKerasCode(
        layer,
        "Keras copies its layer, and cannot copy a penalty or an activation that is a function",
      );
    }
    const merge = MERGES[String(spec["merge"] ?? "concat")]!;
    return {
      type: "Bidirectional",
      args: [
        `layers.${type}(${args.join(", ")})`,
        ...(merge === "concat" ? [] : [`merge_mode="${merge}"`]),
      ],
      weights: [
        ...cellWeights(layer, inner, "forward/"),
        ...cellWeights(layer, inner, "backward/"),
      ],
    };
  },
};
