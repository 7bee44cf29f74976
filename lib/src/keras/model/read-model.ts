// A model's configuration as the layers of a run specification: a chain where it is one, else a graph.

import { FileError } from "../../checks/errors.ts";
import { isRecord, showJson } from "../../formats/json.ts";
import type { Shape } from "../../ir/shape.ts";
import { layerFromSpec, mergeFromSpec } from "../../nn/layers/registry.ts";
import type { FloatDType, LayerSpec, NetworkSpec } from "../../spec/parts.ts";
import type { KerasConfig, LayerPenalty } from "../layers/row.ts";
import { type Linked, linksOf } from "./links.ts";
import { type KerasLayer, kerasLayer, type ModelReading, readKerasLayer } from "./read-layer.ts";

export interface ReadModel {
  readonly network: NetworkSpec;
  readonly dtype: FloatDType;
  readonly penalties: readonly LayerPenalty[];
  readonly notes: string[];
}

export interface ReadModelOptions {
  readonly isOld: boolean;
  /** Of one example, where the file leaves axes open. */
  readonly inputShape?: Shape | undefined;
}

/**
 * @throws FileError for what is no configuration of a model
 * @throws ArgumentError naming a layer and what of it cannot be said here
 */
export function readModel(written: unknown, options: ReadModelOptions): ReadModel {
  const { className, config } = kerasLayer(asModel(written));
  const notes: string[] = [];
  const penalties: LayerPenalty[] = [];
  const types = new Set<string>();
  const reading: ModelReading = {
    isOld: options.isOld,
    note: (text) => notes.push(text),
    penalize: (penalty) => penalties.push(penalty),
    sawType: (dtype) => types.add(dtype),
  };
  const network = networkOf(className, config, options, reading);
  const dtype = types.size === 1 && types.has("float64") ? "float64" : "float32";
  const others = [...types].filter((type) => /float16|float8/.test(type));
  if (others.length > 0) notes.push(`computed in float32 here, not in ${others.join(", ")}`);
  return { network, dtype, penalties, notes };
}

/** Files of Keras 1 hold the list of layers alone. */
function asModel(written: unknown): unknown {
  if (!isRecord(written) || !Array.isArray(written["config"])) return written;
  return { ...written, config: { layers: written["config"] } };
}

const FUNCTIONAL = ["Functional", "Model"];

function networkOf(
  className: string,
  config: KerasConfig,
  options: ReadModelOptions,
  reading: ModelReading,
): NetworkSpec {
  const layers = config["layers"];
  const isFunctional = FUNCTIONAL.includes(className);
  if ((className !== "Sequential" && !isFunctional) || !Array.isArray(layers)) {
    throw new FileError(
      `Keras: the model is of class ${showJson(className)}, of which the file does not say the layers; Sequential and functional models are read`,
    );
  }
  if (layers.length === 0) throw new FileError("Keras: the model has no layers");
  if (isFunctional) return graphOf(config, layers, options, reading);
  return chainOf(config, layers, options, reading);
}

function chainOf(
  config: KerasConfig,
  layers: readonly unknown[],
  options: ReadModelOptions,
  reading: ModelReading,
): NetworkSpec {
  const all = layers.map(kerasLayer);
  const [first] = all as [KerasLayer];
  const stated = batchShape(first.config) ?? config["build_input_shape"];
  const start = inputShape(first.name, stated, options);
  let shape = start;
  const specs = layers.flatMap((written, i): LayerSpec[] => {
    if (all[i]!.className === "InputLayer") return [];
    const spec = readKerasLayer(written, shape, reading);
    shape = shapeAfter(spec, [shape]);
    return [spec];
  });
  return { layers: [{ kind: "input", shape: start }, ...specs] };
}

const batchShape = (config: KerasConfig): unknown =>
  config["batch_shape"] ?? config["batch_input_shape"];

/** @throws FileError for axes that are not whole numbers, and open ones that nothing fills */
function inputShape(name: string, stated: unknown, { inputShape: given }: ReadModelOptions): Shape {
  if (!Array.isArray(stated)) {
    if (given) return given;
    throw new FileError(
      `Keras: the model does not say the shape of its inputs: give it as inputShape, as [28, 28, 1] (on the command line --input)`,
    );
  }
  const [, ...axes] = stated;
  if (given && given.length === axes.length) {
    const wrong = axes.find((length, i) => length !== null && length !== given[i]);
    if (wrong === undefined) return given;
  }
  if (given) {
    throw new FileError(
      `Keras: "${name}" takes examples [${axes.map((n) => n ?? "any").join(", ")}], and inputShape is [${given.join(", ")}]`,
    );
  }
  if (axes.every((length) => Number.isSafeInteger(length) && length >= 0)) return axes;
  if (axes.every((length) => length === null || (Number.isSafeInteger(length) && length >= 0))) {
    throw new FileError(
      `Keras: "${name}" takes examples [${axes.map((n) => n ?? "any").join(", ")}] of any length along an axis, and here all are known: give them as inputShape (on the command line --input)`,
    );
  }
  throw new FileError(`Keras: "${name}" has the shape ${showJson(stated)}`);
}

function shapeAfter(spec: LayerSpec, reads: readonly Shape[]): Shape {
  if (MERGES.includes(spec.kind)) return mergeFromSpec(spec).outputShape(reads);
  const [first, ...also] = reads as [Shape, ...Shape[]];
  return layerFromSpec(spec).outputShape(first, ...also);
}

const MERGES = ["add", "multiply", "average", "concatenate"];

function graphOf(
  config: KerasConfig,
  layers: readonly unknown[],
  options: ReadModelOptions,
  reading: ModelReading,
): NetworkSpec {
  const linked = linksOf(config, layers);
  const shapes = new Map<string, Shape>();
  const nodes = linked.nodes.map((node) => {
    const { written, reads, args } = node;
    if (written.className === "InputLayer") {
      const shape = inputShape(written.name, batchShape(written.config), options);
      shapes.set(written.name, shape);
      return { spec: { kind: "input", shape } as LayerSpec, node };
    }
    const from = reads.map((name) => shapeOf(shapes, name, written.name));
    const spec: LayerSpec = { ...readKerasLayer(node.layer, from[0]!, reading), ...args };
    shapes.set(written.name, shapeAfter(spec, from));
    return { spec, node };
  });
  if (isChain(linked)) {
    return { layers: nodes.map(({ spec }) => spec) };
  }
  return {
    inputs: linked.inputs,
    outputs: linked.outputs,
    nodes: nodes.map(({ spec, node }) => {
      const { name: _, ...rest } = spec;
      return { ...rest, kind: spec.kind, id: node.written.name, reads: node.reads };
    }),
  };
}

function shapeOf(shapes: ReadonlyMap<string, Shape>, name: string, reader: string): Shape {
  const shape = shapes.get(name);
  if (shape) return shape;
  throw new FileError(`Keras: "${reader}" reads "${name}", which does not stand before it`);
}

/** Each node reads the one before it and no other, and the last is the output. */
function isChain({ inputs, outputs, nodes }: Linked): boolean {
  if (inputs.length !== 1 || outputs.length !== 1) return false;
  const names = nodes.map(({ written }) => written.name);
  if (outputs[0] !== names.at(-1) || inputs[0] !== names[0]) return false;
  return nodes.every(({ reads }, i) =>
    i === 0 ? reads.length === 0 : reads.length === 1 && reads[0] === names[i - 1],
  );
}
