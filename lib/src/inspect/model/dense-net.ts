// A model read as a chain of dense layers: what the four equations of backpropagation are written for.

import { ArgumentError } from "../../checks/errors.ts";
import type { Activation } from "../../nn/activations/activation.ts";
import type { Placed } from "../../nn/network/network.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { key } from "../../tensor/random.ts";
import type { Model } from "../../train/model/model.ts";

/** A dense layer with the activation behind it. */
export interface DenseLayer {
  readonly name: string;
  readonly activation: Activation;
  /** [units below, units] */
  readonly w: Tensor;
  readonly b: Tensor | null;
}

export interface DenseNet {
  /** a^0, what goes into the first dense layer: [examples, features]. */
  readonly a0: Tensor;
  readonly layers: readonly DenseLayer[];
}

/** What changes nothing between dense layers, once a model no longer trains. */
const SAME = ["dropout", "flatten"];

/**
 * @param where the function that was called, as errors name it
 * @param x examples [examples, ...]
 * @throws ArgumentError naming the layer that does not belong to such a chain
 */
export function denseNetOf(where: string, model: Model, x: Tensor): DenseNet {
  const { network, params, layerState } = model.instance;
  const { placed } = network;
  expectChain(where, placed, network.inputShapes.length, network.outputShapes.length);
  const activations = new Map<string, Activation | null>();
  const variables = { params: params.tree, state: layerState.tree };
  const outputs = network.apply(variables, [x], {
    training: false,
    key: key(0),
    watch: (layer, z, activation) => {
      activations.set(layer, activation);
      return z;
    },
  }).layers;
  const start = placed.findIndex(({ kind }) => kind === "dense");
  const layers: DenseLayer[] = [];
  placed.slice(Math.max(start, 0)).forEach((layer) => {
    const activation = activations.get(layer.name);
    const last = layers.at(-1);
    if (layer.kind === "dense" && layer.outputShape.length === 1) {
      // It chooses among several net inputs, so that no function of one of them is known.
      if (!activation) refuse(where, { ...layer, kind: "maxout" });
      expectElementwise(where, layer, activation);
      const { w, b } = model.layer(layer.name);
      const [weights, biases] = [w!.read(), b ? b.read() : null];
      layers.push({ name: layer.name, activation, w: weights, b: biases });
    } else if (layer.kind === "activation" && last?.activation.name === "linear") {
      expectElementwise(where, layer, activation!);
      layers[layers.length - 1] = { ...last, activation: activation! };
    } else if (!SAME.includes(layer.kind)) {
      refuse(where, layer);
    }
  });
  const before = placed.slice(0, Math.max(start, 0));
  const learns = (name: string) => Object.keys(model.layer(name)).length > 0;
  const other = before.find(({ name }) => learns(name));
  if (other || layers.length === 0) refuse(where, other ?? placed.at(-1)!);
  const a0 = before.length === 0 ? x : outputs.get(before.at(-1)!.name)!;
  return { a0, layers };
}

function expectChain(
  where: string,
  placed: readonly Placed[],
  inputs: number,
  outputs: number,
): void {
  const isChain = placed.every(({ reads, shares }, i) => {
    return i === 0 || (reads.length === 1 && reads[0] === placed[i - 1]!.name && !shares);
  });
  if (isChain && inputs === 1 && outputs === 1) return;
  throw new ArgumentError(`${where}: expected a chain of layers, and this network has branches`);
}

/** @throws ArgumentError for functions of a whole axis other than softmax */
function expectElementwise(where: string, { name }: Placed, activation: Activation): void {
  if (!activation.axisWise || activation.name === "softmax") return;
  throw new ArgumentError(
    `${where}: expected activations element by element, or softmax, and "${name}" has ${activation.name}`,
  );
}

function refuse(where: string, { name, kind }: Placed): never {
  throw new ArgumentError(
    `${where}: BP1 to BP4 are written for chains of dense layers, and "${name}" is ${kind}`,
  );
}
