// Layers that bring numbers to mean 0 and variance 1.

import type { Shape } from "../../ir/shape.ts";
import {
  droppedFields,
  fixedField,
  ignoredFields,
  lastAxis,
  onlyOurs,
  plainField,
} from "./fields.ts";
import { type ConfigField, type ConfigRow, refuseConfig, type WeightRow } from "./row.ts";

const features = (input: Shape): Shape => input.slice(-1);

const AFFINE: readonly ConfigField[] = [
  lastAxis,
  plainField("epsilon", "epsilon", 1e-3),
  plainField("center", "offset", true),
  plainField("scale", "scale", true),
  // They start at 1 and at 0 in both.
  ...ignoredFields("beta_initializer", "gamma_initializer"),
  ...droppedFields("beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint"),
];
const GAMMA_AND_BETA: readonly WeightRow[] = [
  { name: "gamma", ours: ["scale"] },
  { name: "beta", ours: ["offset"] },
];

const listed = (given: unknown): number[] =>
  (Array.isArray(given) ? given.flat(8) : [given]).map(Number);

/** Mean or variance, as numbers of the configuration. A measured layer keeps them among its weights. */
const measured = (key: string): ConfigField => ({
  ...plainField(key, key),
  read: (given, { layer }) => {
    const isGiven = given !== undefined && given !== null;
    if (isGiven && listed(given).every(Number.isFinite)) return { [key]: listed(given) };
    return refuseConfig(
      layer,
      `${key} is not in its configuration, as adapt() keeps it elsewhere; make it with Normalization(mean=..., variance=...)`,
    );
  },
});

export const CONFIG_NORMALIZATION: readonly ConfigRow[] = [
  {
    className: "BatchNormalization",
    kind: "batchNormalization",
    fields: [
      plainField("momentum", "momentum", 0.99),
      ...AFFINE,
      ...ignoredFields("moving_mean_initializer", "moving_variance_initializer"),
      fixedField("renorm", false),
      ...ignoredFields(
        "renorm_momentum",
        "renorm_clipping",
        "fused",
        "virtual_batch_size",
        "adjustment",
      ),
    ],
    weights: [
      ...GAMMA_AND_BETA,
      { name: "moving_mean", ours: ["mean"], state: features },
      { name: "moving_variance", ours: ["variance"], state: features },
    ],
  },
  {
    className: "LayerNormalization",
    kind: "layerNormalization",
    fields: [...AFFINE, fixedField("rms_scaling", false)],
    weights: GAMMA_AND_BETA,
  },
  {
    className: "GroupNormalization",
    kind: "groupNormalization",
    fields: [plainField("groups", "groups"), ...AFFINE],
    weights: GAMMA_AND_BETA,
  },
  {
    className: "RMSNormalization",
    kind: "rmsNormalization",
    fields: [lastAxis, plainField("epsilon", "epsilon", 1e-6), onlyOurs("scale", true)],
    weights: [{ name: "scale", ours: ["scale"] }],
  },
  {
    className: "Normalization",
    kind: "normalization",
    fields: [lastAxis, fixedField("invert", false), measured("mean"), measured("variance")],
  },
];
