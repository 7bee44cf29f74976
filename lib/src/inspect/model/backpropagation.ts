// Backpropagation through a model, layer by layer: net inputs, activations, errors and gradients.

import { expectArgument, instance } from "../../checks/arguments.ts";
import type { Activation } from "../../nn/activations/activation.ts";
import type { LayerVariables, Params } from "../../nn/layers/layer.ts";
import { tensorsByPath } from "../../nn/network/params.ts";
import { gradientsOf } from "../../runtime/derivatives/reach.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { mul } from "../../tensor/elementwise.ts";
import { key } from "../../tensor/random.ts";
import { examplesFor, toTensor } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import { Model } from "../../train/model/model.ts";
import { lossOfBatch } from "../../train/step/loss.ts";
import { slopeOf } from "./slope.ts";

/** What backpropagation finds in one layer. Tensors have the examples in front: [examples, ...]. */
export interface LayerErrors {
  /** As in `summary()`. */
  readonly name: string;
  readonly kind: string;
  /** The layer's output. */
  readonly a: Tensor;
  /**
   * The net input; null for a layer that has none, as pooling. Of a recurrent layer x W + b for every step,
   * [examples, steps, gates * units], to which the state's part is still added.
   */
  readonly z: Tensor | null;
  /** What makes a of z; null where a is no function of z alone. */
  readonly activation: Activation | null;
  /** f'(z); null where f is not applied element by element, as softmax. */
  readonly slope: Tensor | null;
  /** dC_x/dz of each example x: how its loss changes with the net input. Null where z is. */
  readonly delta: Tensor | null;
  /** dC/dw, dC/db and the like by name: means over the examples, without a penalty. */
  readonly gradients: ReadonlyMap<string, Tensor>;
}

/** Backpropagation of some examples. */
export interface Backpropagation {
  /** C, the mean loss of the examples, without a penalty. */
  readonly cost: number;
  readonly examples: number;
  /** In the order in which they run. */
  readonly layers: readonly LayerErrors[];
}

/** What a pass found, as a tree of tensors; `order` says which layer each z belongs to. */
interface PassTensors {
  readonly loss: Tensor;
  /** Outputs of all layers in the order in which they run. */
  readonly outputs: readonly Tensor[];
  readonly zs: readonly Tensor[];
  /** dC_x/dz of each example. */
  readonly deltas: readonly Tensor[];
  /** f'(z) of those layers whose activation is elementwise, in their order. */
  readonly slopes: readonly Tensor[];
  readonly gradients: Params;
}

/** A pass through a model that has been made ready: what is known of its layers before it runs, and the pass. */
export interface ModelPass {
  /** The layers that have a net input, in the order of `zs`; filled by the first pass. */
  readonly seen: Map<string, Activation | null>;
  readonly run: (
    variables: LayerVariables,
    x: readonly Tensor[],
    y: readonly Tensor[],
  ) => PassTensors;
}

/** The forward and the reverse pass of a model, as a function that can be compiled. */
export function passOf(model: Model): ModelPass {
  const { network } = model.instance;
  const { training } = model;
  const seen = new Map<string, Activation | null>();
  const run: ModelPass["run"] = ({ params, state }, x, y) => {
    const zs: Tensor[] = [];
    const { loss, aux, gradients, probed } = gradientsOf((tree: Params, probe) => {
      const result = network.apply({ params: tree, state }, x, {
        training: false,
        key: key(0),
        watch: (layer, z, activation) => {
          seen.set(layer, activation);
          zs.push(z);
          return probe(z);
        },
      });
      const cost = lossOfBatch(training, y, result.outputs).loss;
      return [cost, { outputs: [...result.layers.values()], zs }];
    }, params);
    const deltas = probed.map((delta) => mul(delta, delta.shape[0]!));
    const slopes = [...seen.values()].flatMap((f, i) =>
      hasSlope(f) ? slopeOf(f, aux.zs[i]!) : [],
    );
    return { loss, ...aux, deltas, slopes, gradients };
  };
  return { seen, run };
}

function hasSlope(f: Activation | null): f is Activation {
  return f !== null && !f.axisWise;
}

/** What a pass found, layer by layer. */
export function layersOf(
  { network }: Model,
  { seen }: ModelPass,
  { outputs, zs, deltas, slopes, gradients }: PassTensors,
): LayerErrors[] {
  const names = [...seen.keys()];
  const sloped = names.filter((name) => hasSlope(seen.get(name) ?? null));
  const byPath = [...tensorsByPath("gradients", gradients)];
  return network.placed.map(({ name, kind, shares }, i): LayerErrors => {
    const at = names.indexOf(name);
    const owner = `${shares ?? name}/`;
    const own = byPath.filter(([path]) => path.startsWith(owner));
    return {
      name,
      kind,
      a: outputs[i]!,
      z: zs[at] ?? null,
      activation: seen.get(name) ?? null,
      slope: slopes[sloped.indexOf(name)] ?? null,
      delta: deltas[at] ?? null,
      gradients: new Map(own.map(([path, gradient]) => [path.slice(owner.length), gradient])),
    };
  });
}

/**
 * z, a, delta and gradients of every layer of a compiled model, from autodiff in one reverse pass. As in
 * evaluate, nothing is dropped and nothing is learnt.
 * @param x examples along the first axis; a list of these for a model of several inputs
 * @param y their targets, as for fit()
 * @throws ShapeError or ArgumentError where examples do not fit the model, or it is not compiled
 */
export function backpropagationOf(model: Model, x: RowsOf, y: RowsOf): Backpropagation {
  expectArgument("backpropagationOf", "model", model, instance("a model", Model));
  const pass = passOf(model);
  const examples = examplesFor("backpropagationOf", model.instance, x, y);
  const { engine, params, layerState } = model.instance;
  return withCurrent({ engine }, () => {
    const variables = { params: params.tree, state: layerState.tree };
    const found = pass.run(variables, examples.x.map(toTensor), examples.y.map(toTensor));
    const layers = layersOf(model, pass, found);
    return { cost: found.loss.item(), examples: examples.count, layers };
  });
}
