// Layers in Keras 3, with their weights as the library saves them: nearly all layouts are the same.

import { activationWords } from "../activations.ts";
import { type LayerLines, pythonTuple, type WrittenLayer } from "../dialect.ts";
import { functionName, KERAS_TABLE, MEASURED_LAYERS, tableFunction } from "../table.ts";
import { flagText, KERAS_CALLER, type KerasCode, refuseKerasCode, weightOf } from "./call.ts";
import { KERAS_SEQUENCE_CODE } from "./sequences.ts";
import { KERAS_WINDOW_CODE, weightedArgs, weightedWeights } from "./windows.ts";

const measured: KerasCode = ({ spec, inputShape, outputShape }) => {
  const words = MEASURED_LAYERS[spec.kind]!(KERAS_TABLE, spec, inputShape.at(-1) === 1);
  return {
    type: "Lambda",
    args: [`lambda x: ${words}`, `output_shape=${pythonTuple(outputShape)}`],
  };
};

/** Keras leaves out what is learnt as we do. */
function affine(layer: WrittenLayer) {
  const { spec } = layer;
  const [hasScale, hasOffset] = [spec["scale"] !== false, spec["offset"] !== false];
  return {
    args: [
      `epsilon=${spec["epsilon"] ?? 1e-3}`,
      ...(hasScale ? [] : [flagText("scale", false)]),
      ...(hasOffset ? [] : [flagText("center", false)]),
    ],
    weights: [
      ...(hasScale ? [weightOf(layer, "scale")] : []),
      ...(hasOffset ? [weightOf(layer, "offset")] : []),
    ],
  };
}

const random =
  (type: string, field = "p"): KerasCode =>
  ({ spec }) => ({ type, args: [String(spec[field])] });

const LAYERS: Readonly<Record<string, KerasCode>> = {
  ...KERAS_WINDOW_CODE,
  ...KERAS_SEQUENCE_CODE,
  dense: (layer, isPenalized) => ({
    type: "Dense",
    args: [
      String(layer.spec["units"]),
      ...weightedArgs(layer, isPenalized ? ["kernel_regularizer"] : []),
    ],
    weights: weightedWeights(layer),
  }),
  activation: ({ spec }) => {
    const words = activationWords(KERAS_CALLER, spec["activation"], "keras") ?? "x";
    return { type: "Activation", args: [`lambda x: ${words}`] };
  },
  prelu: (layer) => {
    const { spec, inputShape } = layer;
    const { length } = inputShape;
    const given = spec["sharedAxes"] as readonly number[] | undefined;
    const axes = given?.map((axis) => (axis < 0 ? axis + length : axis));
    const shared = axes ?? inputShape.slice(1).map((_, axis) => axis);
    const shape = inputShape.map((n, axis) => (shared.includes(axis) ? 1 : n));
    const counted = shared.map((axis) => axis + 1);
    return {
      type: "PReLU",
      args: counted.length > 0 ? [`shared_axes=[${counted.join(", ")}]`] : [],
      weights: [`${weightOf(layer, "alpha")}.reshape(${pythonTuple(shape)})`],
    };
  },
  dropout: (layer) => {
    if (layer.spec["convention"] === "original") {
      refuseKerasCode(layer, "dropout by the original convention is none of Keras's");
    }
    return { type: "Dropout", args: [String(layer.spec["p"])] };
  },
  alphaDropout: random("AlphaDropout"),
  gaussianDropout: random("GaussianDropout"),
  gaussianNoise: random("GaussianNoise", "std"),
  spatialDropout1d: random("SpatialDropout1D"),
  spatialDropout2d: random("SpatialDropout2D"),
  spatialDropout3d: random("SpatialDropout3D"),
  flatten: () => ({ type: "Flatten", args: [] }),
  reshape: ({ outputShape }) => ({ type: "Reshape", args: [pythonTuple(outputShape)] }),
  rescaling: ({ spec }) => ({
    type: "Rescaling",
    args: [String(spec["scale"]), `offset=${spec["offset"] ?? 0}`],
  }),
  tableFeatures: ({ spec, name, outputShape }) => ({
    type: "Lambda",
    args: [functionName(name), `output_shape=${pythonTuple(outputShape)}`],
    needs: tableFunction(KERAS_TABLE, name, spec),
  }),
  normalization: measured,
  discretization: measured,
  categoryEncoding: measured,
  batchNormalization: (layer) => {
    const { args, weights } = affine(layer);
    return {
      type: "BatchNormalization",
      args: [`momentum=${layer.spec["momentum"] ?? 0.99}`, ...args],
      weights: [...weights, weightOf(layer, "mean", "state"), weightOf(layer, "variance", "state")],
    };
  },
  layerNormalization: (layer) => ({ type: "LayerNormalization", ...affine(layer) }),
  groupNormalization: (layer) => {
    const { args, weights } = affine(layer);
    return { type: "GroupNormalization", args: [String(layer.spec["groups"]), ...args], weights };
  },
  rmsNormalization: (layer) => {
    const { spec } = layer;
    if (spec["scale"] === false) refuseKerasCode(layer, "Keras's always learns a scale");
    const args = [`epsilon=${spec["epsilon"] ?? 1e-6}`];
    return { type: "RMSNormalization", args, weights: [weightOf(layer, "scale")] };
  },
};

/** The kinds of layers that are written. */
export const KERAS_LAYERS: readonly string[] = Object.keys(LAYERS);

/** @throws ArgumentError for what Keras has no like of */
export function kerasLayers(layers: readonly WrittenLayer[], isPenalized: boolean): LayerLines {
  const calls = layers.map((layer) => {
    const { type, args, weights = [], needs = [] } = LAYERS[layer.spec.kind]!(layer, isPenalized);
    const frozen = layer.spec["trainable"] === false ? ["trainable=False"] : [];
    const made = `layers.${type}(${[...args, ...frozen, `name=${JSON.stringify(layer.name)}`].join(", ")})`;
    const loaded = `model.get_layer(${JSON.stringify(layer.name)}).set_weights([${weights.join(", ")}])`;
    return { made, loaded: weights.length > 0 ? [loaded] : [], needs };
  });
  return {
    made: calls.map(({ made }) => made),
    functions: calls.map(({ needs }) => needs).filter((lines) => lines.length > 0),
    loaded: calls.flatMap(({ loaded }) => loaded),
  };
}
