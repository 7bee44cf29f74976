// A recurrent layer that reads a sequence both ways (Schuster and Paliwal 1997).

import { having, type Kind, oneOf } from "../../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { type Shape as AnyShape, sameShape, showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { ApplyFn, Fn, FnOf, Shape } from "../../../shapes/index.ts";
import { add, div, mul } from "../../../tensor/elementwise.ts";
import { concat } from "../../../tensor/joining.ts";
import { flip } from "../../../tensor/movement.ts";
import { expectSignature, heldLayer, LAYER, type LayerSignature } from "../arguments.ts";
import { type InputShape, type Layer, type LayerOptions, specOf } from "../layer.ts";
import type { RecurrentLayer } from "../recurrent/recurrent.ts";
import { inside } from "./held.ts";
import { holding, runHeld } from "./holding.ts";

/** How the outputs of both ways become one. */
export type BidirectionalMerge = "concat" | "sum" | "mul" | "mean";

/** What F gives; concatenated, the last axis has as many numbers as both ways together. */
export interface Bidirectional<F extends Fn, M extends BidirectionalMerge> extends Fn {
  readonly out: BidirectionalOut<ApplyFn<F, Extract<this["in"], Shape>>, M>;
}

type BidirectionalOut<Out, M extends BidirectionalMerge> = unknown extends Out
  ? any
  : Out extends readonly [...infer Before extends number[], number]
    ? "concat" extends M
      ? [...Before, number]
      : Out
    : Out;

/** Options of bidirectional(). */
export interface BidirectionalOptions<M extends BidirectionalMerge = any, I extends Shape = any>
  extends LayerOptions<I> {
  /** "concat" by default: the way forwards first. */
  readonly merge?: M;
  /** The layer for the other way; by default one like the first, reading from the other end. */
  readonly backward?: Layer;
}

/** Either way: a layer of its own, of which specifications hold the specification. */
export const BIDIRECTIONAL: LayerSignature<BidirectionalOptions> = {
  leading: { layer: heldLayer },
  options: {
    merge: oneOf("concat", "sum", "mul", "mean") as Kind<never>,
    backward: heldLayer,
    ...LAYER,
  },
};

const recurrent = having("a recurrent layer, as lstm(8) makes", "again", "apply");

const MERGES: Readonly<Record<BidirectionalMerge, (a: Tensor, b: Tensor) => Tensor>> = {
  concat: (a, b) => concat([a, b], -1),
  sum: (a, b) => add(a, b),
  mul: (a, b) => mul(a, b),
  mean: (a, b) => div(add(a, b), 2),
};

/**
 * [steps, features] to what the layer gives of it both ways, as Keras's Bidirectional: with "concat" twice
 * as many numbers, else as many. Sequences have the order in which the layer reads. With returnSequences a masked step gives 0. A mask or lengths are read as
 * by the layer: `connect(bidirectional(lstm(8)), x, lengths)`. Variables stand under "forward" and
 * "backward".
 * @throws ArgumentError for what is no recurrent layer, and for two that read the same way or give
 * different shapes of sequences
 */
export function bidirectional<
  const L extends Layer,
  const M extends BidirectionalMerge = "concat",
  const I extends Shape = any,
>(
  layer: L,
  options: BidirectionalOptions<M, I> = {},
): Layer<Bidirectional<FnOf<L>, M>, InputShape<I>> {
  const kind = "bidirectional";
  expectSignature(kind, BIDIRECTIONAL, [layer], options);
  const merge: BidirectionalMerge = options.merge ?? "concat";
  const first = recurrentOf("layer", layer);
  const second = options.backward
    ? recurrentOf("backward", options.backward)
    : recurrentOf("layer", first.again({ goBackwards: !isBackwards(first) }));
  expectOpposite(first, second);
  const changes = first.options.returnSequences ? { zeroOutputForMask: true } : {};
  const ways = { forward: first.again(changes), backward: second.again(changes) };
  const names = ["forward", "backward"] as const;
  return {
    kind,
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf(kind, { layer, ...options }),
    alsoReads: ["mask"],
    keepsMask: layer.keepsMask,
    ...holding(ways, (input) => names.map((name) => ({ name, layer: ways[name], reads: [input] }))),
    outputShape: (input: AnyShape, ...also: AnyShape[]) => {
      const [a, b] = names.map((name) =>
        inside(name, () => ways[name].outputShape(input, ...also)),
      );
      if (merge === "concat") return [...a!.slice(0, -1), a!.at(-1)! + b!.at(-1)!];
      if (sameShape(a!, b!)) return a!;
      throw new ShapeError(
        `${kind}: merge "${merge}" wants the same shape both ways, received ${showShape(a!)} and ` +
          showShape(b!),
      );
    },
    apply: (variables, x, told) => {
      const [a, b] = names.map((name, i) => runHeld(name, ways[name], variables, x, told, i));
      // Sequences come in the order in which they were read: the second is turned to that of the first.
      const turned = first.options.returnSequences ? flip(b!.y, 1) : b!.y;
      return {
        y: MERGES[merge](a!.y, turned),
        mask: a!.mask,
        state: { forward: a!.state, backward: b!.state },
      };
    },
  };
}

function recurrentOf(name: string, layer: Layer): RecurrentLayer {
  if (recurrent.fits(layer)) return layer as RecurrentLayer;
  throw new ArgumentError(
    `bidirectional: expected ${name} to be ${recurrent.says}, received ${layer.kind}`,
  );
}

function isBackwards({ options }: RecurrentLayer): boolean {
  return options.goBackwards ?? false;
}

function expectOpposite(first: RecurrentLayer, second: RecurrentLayer): void {
  if (isBackwards(first) === isBackwards(second)) {
    throw new ArgumentError(
      "bidirectional: expected backward to read the other way, with another goBackwards",
    );
  }
  const sequences = ({ options }: RecurrentLayer) => options.returnSequences ?? false;
  if (sequences(first) === sequences(second)) return;
  throw new ArgumentError("bidirectional: expected backward to have the layer's returnSequences");
}
