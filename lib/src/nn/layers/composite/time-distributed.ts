// A layer applied to each step of a sequence by itself, with the same variables at all steps.

import { ShapeError } from "../../../checks/errors.ts";
import { type Shape as AnyShape, showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { ApplyFn, Fn, FnOf, Shape, Show } from "../../../shapes/index.ts";
import { reshape } from "../../../tensor/movement.ts";
import { expectSignature, heldLayer, LAYER, type LayerSignature } from "../arguments.ts";
import { type InputShape, type Layer, type LayerOptions, specOf } from "../layer.ts";
import { inside } from "./held.ts";
import { holding, runHeld } from "./holding.ts";

/** [steps, ...S] to [steps, ...F of S]. */
export interface TimeDistributed<F extends Fn> extends Fn {
  readonly out: TimeDistributedOut<F, this["in"]>;
}

type TimeDistributedOut<F extends Fn, S> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer Steps extends number, ...infer One extends Shape]
      ? WithSteps<Steps, ApplyFn<F, One>>
      : `timeDistributed: expected an example [steps, ...], received ${Show<S>}`
  : never;

type WithSteps<Steps extends number, Out> = unknown extends Out
  ? any
  : Out extends Shape
    ? number extends Out["length"]
      ? any
      : [Steps, ...Out]
    : Out;

export const TIME_DISTRIBUTED: LayerSignature<LayerOptions> = {
  leading: { layer: heldLayer },
  options: LAYER,
};

const NAME = "layer";

/**
 * [steps, ...] to [steps, ...]: the layer at each step, as Keras's TimeDistributed; all steps of a batch
 * are one batch for it. Its variables stand under "layer", as "timeDistributed1/layer/w".
 * @throws ArgumentError for what is no layer
 * @throws ShapeError for examples without steps, and where the layer does not fit one step
 */
export function timeDistributed<const L extends Layer, const I extends Shape = any>(
  layer: L,
  options: LayerOptions<I> = {},
): Layer<TimeDistributed<FnOf<L>>, InputShape<I>> {
  const kind = "timeDistributed";
  expectSignature(kind, TIME_DISTRIBUTED, [layer], options);
  return {
    kind,
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf(kind, { layer, ...options }),
    keepsMask: true,
    readsGaps: layer.readsGaps,
    ...holding({ [NAME]: layer }, (input) => [{ name: NAME, layer, reads: [input.slice(1)] }]),
    outputShape: (input: AnyShape) => {
      const [steps, ...one] = input;
      if (steps === undefined) {
        throw new ShapeError(
          `${kind}: expected an example [steps, ...], received ${showShape(input)}`,
        );
      }
      return [steps, ...inside(NAME, () => layer.outputShape(one))];
    },
    apply: (variables, x, told) => {
      const [batch, steps, ...one] = x.type.shape as [number, number, ...number[]];
      const apart = (y: Tensor): Tensor => reshape(y, [batch, steps, ...y.type.shape.slice(1)]);
      const rows = reshape(x, [batch * steps, ...one]);
      const context = { ...told, mask: undefined, also: [] };
      const { y, state, logits } = runHeld(NAME, layer, variables, rows, context, 0);
      return {
        y: apart(y),
        state: { [NAME]: state },
        logits: logits && { ...logits, z: apart(logits.z) },
      };
    },
  };
}
