// A network as the configuration of a Sequential or functional model.

import { ArgumentError } from "../../checks/errors.ts";
import type { Shape } from "../../ir/shape.ts";
import type { Network } from "../../nn/network/network.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import type { KerasConfig } from "../layers/row.ts";
import { type PlacedSpec, placedSpecs } from "../weights/slots.ts";
import { layerObject, type ModelWriting, writeLayer } from "./write-layer.ts";

/** @throws ArgumentError for a layer of the user's own, and for what Keras has no like of */
export function writeConfig(network: Network, model: ModelWriting): KerasConfig {
  const { spec } = network;
  if (spec === null) {
    throw new ArgumentError("exportKeras: a layer is of your own, and no file can hold it");
  }
  const placed = placedSpecs(network);
  const isChain = "layers" in spec;
  // Attention is called with two tensors, which a Sequential never does.
  const isPlain = placed.every(({ spec: { kind } }) => kind !== ATTENTION);
  if (isChain && isPlain) return sequentialOf(network.inputShapes[0]!, placed, model);
  const first = network.placed.find(({ kind }) => kind === "input")?.name ?? INPUT;
  const ends = isChain ? { inputs: [first], outputs: [placed.at(-1)?.name ?? first] } : spec;
  return functionalOf(network, placed, ends, model);
}

const [ATTENTION, INPUT] = ["multiHeadAttention", "input"];

function inputConfig(name: string, shape: Shape, { dtype, dialect }: ModelWriting): KerasConfig {
  return layerObject("InputLayer", { batch_shape: [null, ...shape], dtype, name }, dialect);
}

/** How Keras finds the class of a model. */
const CLASSES = {
  Sequential: { module: "keras", registered_name: null },
  Functional: { module: "keras.src.models.functional", registered_name: "Functional" },
} as const;

function modelObject(
  className: keyof typeof CLASSES,
  config: KerasConfig,
  { dialect }: ModelWriting,
): KerasConfig {
  const object = { class_name: className, config };
  return dialect === "legacy" ? object : { ...CLASSES[className], ...object };
}

function sequentialOf(
  input: Shape,
  placed: readonly PlacedSpec[],
  model: ModelWriting,
): KerasConfig {
  const layers = placed.map((at) => writeLayer(at.spec, at.name, at.input, model));
  const config = {
    name: "sequential",
    trainable: true,
    dtype: model.dtype,
    layers: [inputConfig(INPUT, input, model), ...layers],
  };
  return modelObject("Sequential", config, model);
}

function functionalOf(
  network: Network,
  placed: readonly PlacedSpec[],
  spec: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
  model: ModelWriting,
): KerasConfig {
  const shapes = new Map<string, Shape>(network.placed.map((at) => [at.name, at.outputShape]));
  spec.inputs.forEach((name, i) => shapes.set(name, network.inputShapes[i]!));
  const tensor = (name: string): KerasConfig => ({
    class_name: "__keras_tensor__",
    config: {
      shape: [null, ...shapes.get(name)!],
      dtype: model.dtype,
      keras_history: [name, 0, 0],
    },
  });
  const inputs = spec.inputs.map((name, i) => ({
    ...inputConfig(name, network.inputShapes[i]!, model),
    name,
    inbound_nodes: [],
  }));
  const layers = placed.map(({ name, spec: own, input, reads }) => ({
    ...writeLayer(own, name, input, model),
    name,
    inbound_nodes: [callOf(own, (reads.length > 0 ? reads : spec.inputs).map(tensor))],
  }));
  const places = (names: readonly string[]) => {
    const list = names.map((name) => [name, 0, 0]);
    return list.length === 1 ? list[0] : list;
  };
  const config = {
    name: "functional",
    trainable: true,
    layers: [...inputs, ...layers],
    input_layers: places(spec.inputs),
    output_layers: places(spec.outputs),
  };
  return modelObject("Functional", config, model);
}

const MERGES = ["add", "multiply", "average", "concatenate"];

/** What a layer is called with: one tensor, a list of them, or a query and what is asked. */
function callOf({ kind, ...spec }: LayerSpec, tensors: readonly KerasConfig[]): KerasConfig {
  if (MERGES.includes(kind)) return { args: [tensors], kwargs: {} };
  if (kind !== ATTENTION) return { args: tensors, kwargs: {} };
  const [query, value = query] = tensors;
  return { args: [query, value], kwargs: spec["causal"] === true ? { use_causal_mask: true } : {} };
}
