// Layers that only change the shape of an example.

import { shape as aShape } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { type Shape as AnyShape, showShape, sizeOf } from "../../../ir/shape.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Fn, Shape } from "../../../shapes/index.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf, withoutParameters } from "../layer.ts";

export const FLATTEN: LayerSignature<LayerOptions> = { leading: {}, options: LAYER };
export const RESHAPE: LayerSignature<LayerOptions> = { leading: { shape: aShape }, options: LAYER };
export const INPUT: LayerSignature<Pick<LayerOptions, "name">> = {
  leading: { shape: aShape },
  options: { name: LAYER.name },
};

/** One axis. Only rank 1 keeps its size: products are not computed at compile time. */
export interface Flatten extends Fn {
  readonly out: this["in"] extends readonly [infer N extends number] ? [N] : [number];
}

/** [a, b, ...] to [a b ...]: all axes of an example merged into one, the last axis first to change, as Keras's Flatten. */
export function flatten(options: LayerOptions = {}): Layer<Flatten> {
  expectSignature("flatten", FLATTEN, [], options);
  return withoutParameters<Flatten>({
    kind: "flatten",
    spec: specOf("flatten", options),
    options,
    outputShape: (input) => [sizeOf(input)],
    map: (x) => {
      const [batch, ...rest] = x.type.shape as [number, ...number[]];
      return prims.reshape(x, { shape: [batch, sizeOf(rest)] });
    },
  });
}

interface ReshapeTo<S extends Shape> extends Fn {
  readonly out: S;
}

/** [...] to `shape`: each example in another shape of as many elements, in the same order, as Keras's Reshape. */
export function reshapeLayer<const S extends Shape>(
  shape: S,
  options: LayerOptions = {},
): Layer<ReshapeTo<[...S]>> {
  expectSignature("reshape", RESHAPE, [shape], options);
  const expectFit = (input: AnyShape) => {
    if (sizeOf(input) !== sizeOf(shape)) {
      throw new ShapeError(
        `reshape: an example ${showShape(input)} cannot take ${showShape(shape)}`,
      );
    }
    return shape;
  };
  return withoutParameters<ReshapeTo<[...S]>>({
    kind: "reshape",
    spec: specOf("reshape", { shape, ...options }),
    options,
    outputShape: expectFit,
    map: (x) => prims.reshape(x, { shape: [x.type.shape[0]!, ...shape] }),
  });
}

/** The head of a chain. `input` tells it from every other function, whose `out` might fit too. */
export interface Input<S extends Shape> extends Fn {
  readonly input: S;
  readonly out: S;
}

/** Says the shape of one example, and does nothing: the head of a model, as Keras's Input. */
export function inputLayer<const S extends Shape>(
  shape: S,
  options: Pick<LayerOptions, "name"> = {},
): Layer<Input<[...S]>, [...S]> {
  expectSignature("input", INPUT, [shape], options);
  return withoutParameters<Input<[...S]>, any>({
    kind: "input",
    spec: specOf("input", { shape, ...options }),
    options: { ...options, inputShape: shape },
    outputShape: (input) => {
      if (showShape(input) !== showShape(shape)) {
        throw new ShapeError(`input: expected ${showShape(shape)}, received ${showShape(input)}`);
      }
      return shape;
    },
    map: (x) => x,
  });
}
