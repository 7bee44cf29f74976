// Backpropagation through a model, layer by layer: net inputs, activations, errors and gradients.

import { expectArgument, instance } from "../../checks/arguments.ts";
import type { Activation } from "../../nn/activations/activation.ts";
import type { Params } from "../../nn/layers/layer.ts";
import { tensorsByPath } from "../../nn/network/params.ts";
import { gradientsOf } from "../../runtime/derivatives/reach.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add, mul } from "../../tensor/elementwise.ts";
import { key } from "../../tensor/random.ts";
import { examplesFor, toTensor } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import { Model } from "../../train/model/model.ts";
import { lossOfResult } from "../../train/step/loss.ts";

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

interface Seen {
  readonly z: Tensor;
  readonly activation: Activation | null;
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
  const { network, params, layerState, engine } = model.instance;
  const { losses } = model.training;
  const examples = examplesFor("backpropagationOf", model.instance, x, y);
  const [inputs, targets] = [examples.x.map(toTensor), examples.y.map(toTensor)];
  const seen = new Map<string, Seen>();
  const { loss, aux, gradients, probed } = withCurrent({ engine }, () =>
    gradientsOf((tree: Params, probe) => {
      const result = network.apply({ params: tree, state: layerState.tree }, inputs, {
        training: false,
        key: key(0),
        watch: (layer, z, activation) => {
          const watched = probe(z);
          seen.set(layer, { z, activation });
          return watched;
        },
      });
      const cost = losses
        .map((each, i) => lossOfResult(each, targets[i]!, result.outputs[i]!))
        .reduce((a, b) => add(a, b));
      const zs = [...seen.values()].map(({ z }) => z);
      return [cost, { layers: [...result.layers.values()], zs }];
    }, params.tree),
  );
  const names = [...seen.keys()];
  const byPath = [...tensorsByPath("gradients", gradients)];
  const layers = network.placed.map(({ name, kind, shares }, i): LayerErrors => {
    const at = names.indexOf(name);
    const owner = `${shares ?? name}/`;
    const own = byPath.filter(([path]) => path.startsWith(owner));
    return {
      name,
      kind,
      a: aux.layers[i]!,
      z: aux.zs[at] ?? null,
      activation: seen.get(name)?.activation ?? null,
      delta: at < 0 ? null : mul(probed[at]!, examples.count),
      gradients: new Map(own.map(([path, gradient]) => [path.slice(owner.length), gradient])),
    };
  });
  return { cost: loss.item(), examples: examples.count, layers };
}
