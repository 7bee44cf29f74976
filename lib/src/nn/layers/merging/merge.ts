// Layers with several inputs: they join branches of a network.

import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { type Shape, sameShape, showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { add, div, mul } from "../../../tensor/elementwise.ts";
import { concat } from "../../../tensor/joining.ts";
import { expectSignature, type LayerSignature, layerName } from "../arguments.ts";
import { type LayerOptions, type LayerSpec, specOf } from "../layer.ts";

/** Options of the layers that merge several inputs. */
export type MergeOptions = Pick<LayerOptions, "name">;

export const MERGE: LayerSignature<MergeOptions> = { leading: {}, options: { name: layerName } };

/** Joins several tensors into one; learns nothing. */
export interface Merge {
  readonly kind: string;
  readonly name?: string | undefined;
  readonly spec: LayerSpec | null;
  outputShape(inputs: readonly Shape[]): Shape;
  merge(inputs: readonly Tensor[]): Tensor;
}

/** a + b + …: the sum of two tensors or more of one shape, which the result has, as Keras's Add. */
export function addLayer(options: MergeOptions = {}): Merge {
  return elementwiseMerge("add", options, (inputs) => inputs.reduce((a, b) => add(a, b)));
}

/** a b …: the product, element by element, of tensors of one shape, which the result has, as Keras's Multiply. */
export function multiplyLayer(options: MergeOptions = {}): Merge {
  return elementwiseMerge("multiply", options, (inputs) => inputs.reduce((a, b) => mul(a, b)));
}

/** (a + b + …) / n: the mean of n tensors of one shape, which the result has, as Keras's Average. */
export function averageLayer(options: MergeOptions = {}): Merge {
  return elementwiseMerge("average", options, (inputs) => {
    const total = inputs.reduce((a, b) => add(a, b));
    return div(total, inputs.length);
  });
}

/** [..., m] and [..., n] to [..., m + n]: tensors end to end along the last axis, as Keras's Concatenate. */
export function concatenateLayer(options: MergeOptions = {}): Merge {
  expectSignature("concatenate", MERGE, [], options);
  return {
    kind: "concatenate",
    name: options.name,
    spec: specOf("concatenate", options),
    outputShape: (inputs) => {
      const [first] = expectSome("concatenate", inputs);
      const fits = ({ length }: Shape) => length === first.length;
      const wrong = inputs.find(
        (shape) => !fits(shape) || !sameShape(shape.slice(0, -1), first.slice(0, -1)),
      );
      if (wrong) throw mismatch("concatenate", first, wrong);
      return [...first.slice(0, -1), inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
    },
    merge: (inputs) => concat(inputs, -1),
  };
}

function elementwiseMerge(
  kind: string,
  options: MergeOptions,
  merge: (inputs: readonly Tensor[]) => Tensor,
): Merge {
  expectSignature(kind, MERGE, [], options);
  return {
    kind,
    name: options.name,
    spec: specOf(kind, options),
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
