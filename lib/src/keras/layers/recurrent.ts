// Recurrent layers. Gates stand in the same order in both: i, f, c, o of LSTM and z, r, h of GRU.

import { activationField } from "./activations.ts";
import {
  droppedFields,
  fixedField,
  ignoredFields,
  onlyOurs,
  penaltyField,
  plainField,
} from "./fields.ts";
import { initializerField } from "./initializers.ts";
import type { ConfigField, ConfigRow, WeightRow } from "./row.ts";

const RECURRENT: readonly ConfigField[] = [
  plainField("units", "units"),
  activationField("activation", "activation", "tanh"),
  plainField("use_bias", "bias", true),
  initializerField("kernel_initializer", "weights", "glorotUniform"),
  initializerField("recurrent_initializer", "recurrentWeights", "orthogonal"),
  initializerField("bias_initializer", "biases", "zeros"),
  plainField("return_sequences", "returnSequences", false),
  plainField("go_backwards", "goBackwards", false),
  plainField("zero_output_for_mask", "zeroOutputForMask", false),
  fixedField("return_state", false),
  fixedField("stateful", false),
  onlyOurs("stateful", false),
  onlyOurs("batchSize", undefined),
  fixedField("time_major", false),
  penaltyField("kernel_regularizer"),
  ...droppedFields("recurrent_regularizer", "bias_regularizer", "dropout", "recurrent_dropout"),
  ...droppedFields("kernel_constraint", "recurrent_constraint", "bias_constraint"),
  ...ignoredFields("unroll", "implementation"),
];
const GATES: ConfigField = activationField(
  "recurrent_activation",
  "recurrentActivation",
  "sigmoid",
);

const KERNELS: readonly WeightRow[] = [
  { name: "kernel", part: "cell", ours: ["w"] },
  { name: "recurrent_kernel", part: "cell", ours: ["wRecurrent"] },
];
const BIAS: WeightRow = { name: "bias", part: "cell", ours: ["b"] };

/** Files of before resetting "after" was thought of do not say. */
const RESET_AFTER: ConfigField = {
  ...plainField("reset_after", "resetAfter", true),
  write: (spec) => spec["resetAfter"] ?? true,
};

export const CONFIG_RECURRENT: readonly ConfigRow[] = [
  {
    className: "SimpleRNN",
    kind: "simpleRnn",
    fields: RECURRENT,
    weights: [...KERNELS, BIAS],
  },
  {
    className: "LSTM",
    kind: "lstm",
    fields: [...RECURRENT, GATES, plainField("unit_forget_bias", "unitForgetBias", true)],
    weights: [...KERNELS, BIAS],
  },
  {
    className: "GRU",
    kind: "gru",
    fields: [...RECURRENT, GATES, RESET_AFTER],
    old: { reset_after: false },
    weights: [
      ...KERNELS,
      {
        name: "bias",
        part: "cell",
        ours: ["b", "bRecurrent"],
        shape: (shapes) => (shapes.length === 2 ? [2, ...shapes[0]!] : shapes[0]!),
        says: "two rows <-> b and bRecurrent",
      },
    ],
  },
];
