// A function of tensors as a layer.

import { type Kind, shape as shapeKind, show } from "../../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { type Shape as AnyShape, sameShape, showShape } from "../../../ir/shape.ts";
import { traceGraph } from "../../../runtime/interpreter/tracing.ts";
import { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Shape } from "../../../shapes/index.ts";
import { key } from "../../../tensor/random.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import {
  type InputShape,
  type Layer,
  type LayerContext,
  type LayerOptions,
  NOTHING,
} from "../layer.ts";

/** The shape that is said, or unknown. */
export interface Lambda<O extends Shape> extends Fn {
  readonly out: number extends O["length"] ? any : O;
}

/** Options of lambda(). */
export interface LambdaOptions<O extends Shape = any, I extends Shape = any>
  extends LayerOptions<I> {
  /** The shape that one example has after the function; without it the function is traced to find out. */
  readonly outputShape?: O;
}

/** What the function is told beside x. */
export type LambdaContext = Pick<LayerContext, "training" | "key">;

const fn: Kind = {
  says:
    "a function of tensors, as (x) => x.square(). It stands in the program alone: no specification " +
    "and no file can hold a function",
  fits: (value) => typeof value === "function",
};

export const LAMBDA: LayerSignature<LambdaOptions> = {
  leading: { fn },
  options: { outputShape: shapeKind, ...LAYER },
};

/**
 * A function of a batch [batch, ...] as a layer, as Keras's Lambda. It learns nothing. A network that holds
 * it has no specification: its weights can be saved, and are read back with loadWeights() into the same
 * program's model.
 * @param f gives a tensor with the batch in front; told whether it is training, and a key to draw with
 * @throws ArgumentError for what is no function, or one that gives no tensor
 * @throws ShapeError where it gives another shape than it says
 */
export function lambda<const O extends Shape = any, const I extends Shape = any>(
  f: (x: Tensor, context: LambdaContext) => Tensor,
  options: LambdaOptions<O, I> = {},
): Layer<Lambda<O>, InputShape<I>> {
  expectSignature("lambda", LAMBDA, [f], options);
  const expectGiven = (y: unknown): Tensor => {
    if (y instanceof Tensor) return y;
    throw new ArgumentError(`lambda: expected the function to give a tensor, received ${show(y)}`);
  };
  const outputShape = (input: AnyShape): AnyShape => {
    if (options.outputShape) return options.outputShape;
    const type = { dtype: "float32", shape: [1, ...input] } as const;
    const { graph } = traceGraph("lambda", [type], ([x]) => [
      expectGiven(f(x!, { training: false, key: key(0) })),
    ]);
    const [batch, ...one] = graph.outputs[0]!.type.shape;
    if (batch === 1) return one;
    throw new ShapeError(
      `lambda: expected the function to keep the batch in front, received ${showShape(graph.outputs[0]!.type.shape)} ` +
        `of ${showShape(type.shape)}`,
    );
  };
  return {
    kind: "lambda",
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: null,
    outputShape,
    init: () => NOTHING,
    apply: ({ state }, x, { training, key: own }) => {
      const y = expectGiven(f(x, { training, key: own }));
      const expected = [x.type.shape[0]!, ...outputShape(x.type.shape.slice(1))];
      if (sameShape(y.type.shape, expected)) return { y, state };
      throw new ShapeError(
        `lambda: expected the function to give ${showShape(expected)}, received ${showShape(y.shape)}`,
      );
    },
  };
}
