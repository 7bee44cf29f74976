// What is asked of one layer of a model: its place, its specification, what it gives batch by batch.

import { expectArgument, instance, type Kind, text } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import type { Params } from "../../nn/layers/layer.ts";
import type { NetworkContext, NetworkResult, Placed } from "../../nn/network/network.ts";
import type { NdArray } from "../../ops/define.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape } from "../../shapes/index.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { key } from "../../tensor/random.ts";
import { inputsFor, rowsBetween, toTensor } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import { Model } from "../../train/model/model.ts";
import { inFloats } from "../../train/run/fit-data.ts";

export const MODEL: Kind<Model> = instance("a model", Model);

/**
 * The layer of a name.
 * @throws ArgumentError for an unknown name, with the nearest known one
 */
export function layerOf(where: string, model: Model, name: string): Placed {
  expectArgument(where, "model", model, MODEL);
  expectArgument(where, "layer", name, text);
  const { placed } = model.network;
  const found = placed.find((layer) => layer.name === name);
  if (found) return found;
  const { message } = unknownName(
    "layer",
    name,
    placed.map((layer) => layer.name),
  );
  throw new ArgumentError(`${where}: ${message}`);
}

/**
 * The one input of a model, as floats of its own kind.
 * @throws ShapeError for a model of several inputs, and examples that do not fit
 */
export function oneInput(where: string, model: Model, x: RowsOf): NdArray {
  expectArgument(where, "model", model, MODEL);
  const { length } = model.network.inputShapes;
  if (length !== 1) {
    throw new ShapeError(`${where}: expected a model of one input, received one of ${length}`);
  }
  const [rows] = inputsFor(where, model.instance, x).x;
  return inFloats(rows!, model.instance.dtype);
}

/** The specification of every layer by its name. @throws ArgumentError where a layer has none */
export function layerSpecs(where: string, { network }: Model): ReadonlyMap<string, LayerSpec> {
  const { spec, placed } = network;
  if (spec === null) {
    throw new ArgumentError(
      `${where}: expected layers of neurite's own, received a model with layers or functions of yours`,
    );
  }
  if ("nodes" in spec) return new Map(spec.nodes.map((node) => [node.id, node]));
  const [first, ...inner] = spec.layers;
  const named = placed.filter(({ kind }) => kind !== "input");
  const inputs = placed.filter(({ kind }) => kind === "input");
  return new Map([
    ...inputs.map(({ name }) => [name, first!] as const),
    ...named.map(({ name }, i) => [name, inner[i]!] as const),
  ]);
}

/** The shape of what a layer reads, of one example; its first input where it reads no layer. */
export function inputShapeOf({ network }: Model, { reads }: Placed): Shape {
  const from = network.placed.find(({ name }) => name === reads[0]);
  return from?.outputShape ?? network.inputShapes[0]!;
}

/** Rows that go through at once: maps of all examples together would be large. */
const BATCH = 128;

/**
 * What some layers give for all rows, batch by batch: tensors [rows, ...the layer's output shape]. Later layers are
 * not computed.
 */
export function* outputsOfLayers(
  model: Model,
  names: readonly string[],
  x: NdArray,
): Generator<{ readonly from: number; readonly outputs: readonly Tensor[] }> {
  const count = x.shape[0]!;
  const { engine, params } = model.instance;
  const forward = compile((batch: Tensor) => {
    const { layers } = applyWith(model, params.tree, batch);
    // The input, where no layer stands for it.
    return names.map((name) => layers.get(name) ?? batch);
  });
  for (let from = 0; from < count; from += BATCH) {
    const rows = toTensor(rowsBetween(x, from, Math.min(from + BATCH, count)));
    yield { from, outputs: withCurrent({ engine, recording: false }, () => forward(rows)) };
  }
}

/** The network on a batch under other parameters than its own; nothing is dropped or learnt. */
export function applyWith(
  model: Model,
  params: Params,
  x: Tensor,
  watch?: NetworkContext["watch"],
): NetworkResult {
  const { network, layerState } = model.instance;
  const context = { training: false, key: key(0), ...(watch && { watch }) };
  return network.apply({ params, state: layerState.tree }, [x], context);
}

/** A tree of parameters in which those of some paths, as "dense1/w", are others. */
export function replaceParams(
  tree: Params,
  others: ReadonlyMap<string, Tensor>,
  path = "",
): Params {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => {
      const at = path + name;
      if (value instanceof Tensor) return [name, others.get(at) ?? value];
      return [name, replaceParams(value, others, `${at}/`)];
    }),
  );
}
