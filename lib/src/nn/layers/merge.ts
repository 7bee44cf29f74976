// Layers with several inputs: they join branches of a network.

import { ArgumentError, ShapeError } from "../../ir/errors.ts";
import { type Shape, sameShape, showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { add, div, mul } from "../../tensor/elementwise.ts";
import { concat } from "../../tensor/movement.ts";
import type { LayerSpec } from "./layer.ts";

/** Joins several tensors into one; learns nothing. */
export interface Merge {
  readonly kind: string;
  readonly name?: string | undefined;
  readonly spec: LayerSpec | null;
  outputShape(inputs: readonly Shape[]): Shape;
  merge(inputs: readonly Tensor[]): Tensor;
}

/** The sum of tensors of one shape. */
export function addLayer(): Merge {
  return elementwiseMerge("add", (inputs) => inputs.reduce((a, b) => add(a, b)));
}

/** The product, element by element, of tensors of one shape. */
export function multiplyLayer(): Merge {
  return elementwiseMerge("multiply", (inputs) => inputs.reduce((a, b) => mul(a, b)));
}

/** The mean of tensors of one shape. */
export function averageLayer(): Merge {
  return elementwiseMerge("average", (inputs) => {
    const total: Tensor = inputs.reduce((a, b) => add(a, b));
    return div(total, inputs.length);
  });
}

/** Tensors end to end along the last axis. */
export function concatenateLayer(): Merge {
  return {
    kind: "concatenate",
    spec: { kind: "concatenate" },
    outputShape: (inputs) => {
      const [first] = expectSome("concatenate", inputs);
      const fits = ({ length }: Shape) => length === first.length;
      const wrong = inputs.find(
        (shape) => !fits(shape) || !sameShape(shape.slice(0, -1), first.slice(0, -1)),
      );
      if (wrong) throw mismatch("concatenate", first, wrong);
      return [...first.slice(0, -1), inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
    },
    merge: (inputs) => concat(inputs as never, -1),
  };
}

function elementwiseMerge(kind: string, merge: (inputs: readonly Tensor[]) => Tensor): Merge {
  return {
    kind,
    spec: { kind },
    outputShape: (inputs) => {
      const [first] = expectSome(kind, inputs);
      const wrong = inputs.find((shape) => !sameShape(shape, first));
      if (wrong) throw mismatch(kind, first, wrong);
      return first;
    },
    merge,
  };
}

function expectSome(kind: string, inputs: readonly Shape[]): readonly [Shape, ...Shape[]] {
  if (inputs.length > 0) return inputs as readonly [Shape, ...Shape[]];
  throw new ArgumentError(`${kind}: expected at least one input, received none`);
}

function mismatch(kind: string, a: Shape, b: Shape): ShapeError {
  return new ShapeError(`${kind}: inputs ${showShape(a)} and ${showShape(b)} do not fit together`);
}
