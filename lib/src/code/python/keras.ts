// Layers in Keras 3, with their weights as the library saves them: the layouts are the same.

import { ArgumentError } from "../../checks/errors.ts";
import { activationWords } from "./activations.ts";
import { type LayerLines, pythonTuple, twoOf, type WrittenLayer } from "./dialect.ts";
import { functionName, KERAS_TABLE, MEASURED_LAYERS, tableFunction } from "./table.ts";

/** The arguments of the call that makes a layer, and the names of its weights in Keras's order. */
interface Call {
  readonly type: string;
  readonly args: readonly string[];
  readonly weights?: readonly string[];
  /** A function that the call names. */
  readonly needs?: readonly string[];
}

const CALLER = "kerasCodeOf";
const PENALIZED = "kernel_regularizer=penalty";

function activationArgument(given: unknown): string[] {
  const words = activationWords(CALLER, given, "keras");
  return words === null ? [] : [`activation=lambda x: ${words}`];
}

/** What dense layers and convolutions have in common. */
function weighted({ spec, name }: WrittenLayer, isPenalized: boolean) {
  const hasBias = spec["bias"] !== false;
  return {
    args: [
      ...activationArgument(spec["activation"]),
      ...(hasBias ? [] : ["use_bias=False"]),
      ...(isPenalized ? [PENALIZED] : []),
    ],
    weights: [`params/${name}/w`, ...(hasBias ? [`params/${name}/b`] : [])],
  };
}

function pool(type: string): (layer: WrittenLayer) => Call {
  return ({ spec }) => {
    const size = twoOf(spec["poolSize"], 2);
    const strides = twoOf(spec["strides"], size);
    const padding = spec["padding"] ?? "valid";
    return {
      type,
      args: [pythonTuple(size), `strides=${pythonTuple(strides)}`, `padding="${padding}"`],
    };
  };
}

function measured({ spec, inputShape, outputShape }: WrittenLayer): Call {
  const words = MEASURED_LAYERS[spec.kind]!(KERAS_TABLE, spec, inputShape.at(-1) === 1);
  return {
    type: "Lambda",
    args: [`lambda x: ${words}`, `output_shape=${pythonTuple(outputShape)}`],
  };
}

const LAYERS: Readonly<Record<string, (layer: WrittenLayer, isPenalized: boolean) => Call>> = {
  dense: (layer, isPenalized) => {
    const { args, weights } = weighted(layer, isPenalized);
    return { type: "Dense", args: [String(layer.spec["units"]), ...args], weights };
  },
  conv2d: (layer, isPenalized) => {
    const { spec } = layer;
    const { args, weights } = weighted(layer, isPenalized);
    const sizes = [
      String(spec["filters"]),
      pythonTuple(twoOf(spec["kernelSize"], 3)),
      `strides=${pythonTuple(twoOf(spec["strides"], 1))}`,
      `padding="${spec["padding"] ?? "valid"}"`,
      `dilation_rate=${pythonTuple(twoOf(spec["dilation"], 1))}`,
      `groups=${spec["groups"] ?? 1}`,
    ];
    return { type: "Conv2D", args: [...sizes, ...args], weights };
  },
  maxPool2d: pool("MaxPooling2D"),
  avgPool2d: pool("AveragePooling2D"),
  activation: ({ spec }) => {
    const words = activationWords(CALLER, spec["activation"], "keras") ?? "x";
    return { type: "Activation", args: [`lambda x: ${words}`] };
  },
  dropout: ({ spec }) => {
    if (spec["convention"] === "original") {
      throw new ArgumentError(`${CALLER}: dropout by the original convention is none of Keras's`);
    }
    return { type: "Dropout", args: [String(spec["p"])] };
  },
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
  batchNormalization: ({ spec, name }) => ({
    type: "BatchNormalization",
    args: [`momentum=${spec["momentum"] ?? 0.99}`, `epsilon=${spec["epsilon"] ?? 1e-3}`],
    weights: [
      `params/${name}/scale`,
      `params/${name}/offset`,
      `state/${name}/mean`,
      `state/${name}/variance`,
    ],
  }),
};

/** The kinds of layers that are written. */
export const KERAS_LAYERS: readonly string[] = Object.keys(LAYERS);

/** @throws ArgumentError for what Keras has no like of */
export function kerasLayers(layers: readonly WrittenLayer[], isPenalized: boolean): LayerLines {
  const calls = layers.map((layer) => {
    const { type, args, weights = [], needs = [] } = LAYERS[layer.spec.kind]!(layer, isPenalized);
    const made = `layers.${type}(${[...args, `name="${layer.name}"`].join(", ")})`;
    const list = weights.map((name) => `weights["${name}"]`).join(", ");
    const loaded = `model.get_layer("${layer.name}").set_weights([${list}])`;
    return { made, loaded: weights.length > 0 ? [loaded] : [], needs };
  });
  return {
    made: calls.map(({ made }) => made),
    functions: calls.map(({ needs }) => needs).filter((lines) => lines.length > 0),
    loaded: calls.flatMap(({ loaded }) => loaded),
  };
}
