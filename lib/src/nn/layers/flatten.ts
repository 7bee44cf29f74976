// Layers that only change the shape of an example.

import { ShapeError } from "../../ir/errors.ts";
import { type Shape as AnyShape, showShape, sizeOf } from "../../ir/shape.ts";
import type { Flatten, Fn, Input, Shape } from "../../ir/shape-types/index.ts";
import { prims } from "../../runtime/apply.ts";
import { type Layer, type LayerOptions, specOf, withoutParameters } from "./layer.ts";

/** All axes of an example merged into one. */
export function flatten(options: LayerOptions = {}): Layer<Flatten> {
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

/** Each example in another shape of as many elements. */
export function reshapeLayer<const S extends Shape>(
  shape: S,
  options: LayerOptions = {},
): Layer<ReshapeTo<[...S]>> {
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

/** Says the shape of one example, and does nothing: the head of a model. */
export function inputLayer<const S extends Shape>(shape: S): Layer<Input<[...S]>, [...S]> {
  return withoutParameters<Input<[...S]>, any>({
    kind: "input",
    spec: specOf("input", { shape }),
    options: { inputShape: shape },
    outputShape: (input) => {
      if (showShape(input) !== showShape(shape)) {
        throw new ShapeError(`input: expected ${showShape(shape)}, received ${showShape(input)}`);
      }
      return shape;
    },
    map: (x) => x,
  });
}
