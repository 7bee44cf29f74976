// Residual blocks (He et al. 2016): what some layers find is added to what they read.

import { ShapeError } from "../../../checks/errors.ts";
import { type Shape as AnyShape, sameShape, showShape } from "../../../ir/shape.ts";
import type { Fn, Shape } from "../../../shapes/index.ts";
import { add } from "../../../tensor/elementwise.ts";
import type { ActivationSpec } from "../../activations/index.ts";
import {
  expectSignature,
  heldLayer,
  heldLayers,
  LAYER,
  type LayerSignature,
  nameOption,
} from "../arguments.ts";
import { singleActivation } from "../core/weighted.ts";
import { type InputShape, type Layer, type LayerOptions, specOf } from "../layer.ts";
import { type ChainOut, chained } from "./chained.ts";
import { inside } from "./held.ts";
import { type Held, holding, runHeld } from "./holding.ts";

/** What the layers make of a shape; what goes by is of the same. */
export interface Residual<L extends readonly unknown[]> extends Fn {
  readonly out: ChainOut<this["in"], L>;
}

/** Options of residual(). */
export interface ResidualOptions<I extends Shape = any> extends LayerOptions<I> {
  /** What goes by: a layer that brings the input to the shape of what is added, as dense(8) without bias. */
  readonly shortcut?: Layer;
  /** Of the sum; "linear" by default. */
  readonly activation?: ActivationSpec;
}

export const RESIDUAL: LayerSignature<ResidualOptions> = {
  leading: { layers: heldLayers },
  options: { shortcut: heldLayer, activation: nameOption, ...LAYER },
};

const [INNER, SHORTCUT] = ["layers", "shortcut"];

/**
 * activation(layers(x) + shortcut(x)) (He et al. 2016), where without a shortcut x itself goes by: then what the layers
 * give must have the shape of what they read. Variables stand under "layers" and "shortcut", as
 * "residual1/layers/dense2/w".
 * @throws ArgumentError for an empty list, for what is no layer, and for one layer given twice
 * @throws ShapeError where the two shapes differ, or a layer does not fit
 */
export function residual<const L extends readonly Layer[], const I extends Shape = any>(
  layers: L,
  options: ResidualOptions<I> = {},
): Layer<Residual<L>, InputShape<I>> {
  const kind = "residual";
  expectSignature(kind, RESIDUAL, [layers], options);
  const { shortcut, activation = "linear" } = options;
  const f = singleActivation("residual", activation);
  const { run, ...chain } = chained(kind, layers);
  const inner: Layer = { kind, spec: { kind }, ...chain, apply: run };
  const holds = { [INNER!]: inner, ...(shortcut && { [SHORTCUT!]: shortcut }) };
  const heldIn = (input: AnyShape): Held[] =>
    Object.entries(holds).map(([name, layer]) => ({ name, layer, reads: [input] }));
  return {
    kind,
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf(kind, { layers, ...options }),
    keepsMask: inner.keepsMask,
    ...holding(holds, heldIn),
    outputShape: (input: AnyShape) => {
      const found = inner.outputShape(input);
      const by = shortcut ? inside(SHORTCUT!, () => shortcut.outputShape(input)) : input;
      if (sameShape(found, by)) return found;
      const remedy = shortcut ? "" : ": give a shortcut, as dense(units) or conv2d(filters, 1)";
      throw new ShapeError(
        `${kind}: the layers give ${showShape(found)}, and ${showShape(by)} goes by${remedy}`,
      );
    },
    apply: (variables, x, told) => {
      const plain = { ...told, also: [] };
      const found = runHeld(INNER!, inner, variables, x, plain, 0);
      const by = shortcut && runHeld(SHORTCUT!, shortcut, variables, x, plain, 1);
      const z = add(found.y, by ? by.y : x);
      return {
        y: f.apply(z),
        state: { [INNER!]: found.state, ...(by && { [SHORTCUT!]: by.state }) },
        mask: found.mask,
        logits: { activation: f.name, z },
      };
    },
  };
}
