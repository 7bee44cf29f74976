// What a layer is: plain functions over plain records of tensors. Nothing in it has state.

import { ArgumentError } from "../../ir/errors.ts";
import type { Shape } from "../../ir/shape.ts";
import type { Fn, Shaped, Shape as TypedShape } from "../../ir/shape-types/index.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import type { Key } from "../../tensor/random.ts";

/** Tensors under names, to any depth. A parameter whose name starts with "w" is a weight: only these are regularised. */
export interface Params {
  readonly [name: string]: Tensor | Params;
}

/** What is learnt, and what is remembered besides (running statistics). */
export interface LayerVariables {
  readonly params: Params;
  readonly state: Params;
}

export interface LayerContext {
  /** True in fit(), false in evaluate() and predict(). */
  readonly training: boolean;
  /** Randomness of this step, one key a layer. */
  readonly key: Key;
}

export interface LayerResult {
  readonly y: Tensor;
  readonly state: Params;
  /** Where y = activation(z): the net input z, so that a loss can be computed from it without overflow. */
  readonly logits?: { readonly activation: string; readonly z: Tensor } | undefined;
}

/** A layer as data: its kind and arguments, as a run specification holds them. */
export interface LayerSpec {
  readonly kind: string;
  readonly [argument: string]: unknown;
}

export type FloatDType = "float32" | "float64";

/**
 * A layer. Shapes are those of one example; tensors have the batch in front of them.
 * @typeParam F its shape function, for the compiler; see ir/shape-types/layers.ts
 */
export interface Layer<out F extends Fn = Fn, out I extends TypedShape = any> extends Shaped<F, I> {
  readonly kind: string;
  /** The user's name for it; else its kind and number. */
  readonly name?: string | undefined;
  /** Null for a layer of the user's own, which no specification can hold. */
  readonly spec: LayerSpec | null;
  /** The shape that one example has after the layer. @throws ShapeError if it does not fit */
  outputShape(input: Shape): Shape;
  /** Fresh variables for examples of a shape. */
  init(key: Key, input: Shape, dtype: FloatDType): LayerVariables;
  apply(variables: LayerVariables, x: Tensor, context: LayerContext): LayerResult;
}

/** Options that every layer has. */
export interface LayerOptions<I extends TypedShape = any> {
  readonly name?: string;
  /** The shape of one example, for the first layer of a model. */
  readonly inputShape?: I;
}

/** What a layer says of its `inputShape` option: the literal shape, or nothing. */
export type InputShape<I extends TypedShape> = number extends I["length"] ? any : [...I];

export const NOTHING: LayerVariables = { params: {}, state: {} };

/** A layer that learns nothing: only how shapes and tensors change. */
export function withoutParameters<F extends Fn, I extends TypedShape = any>(
  layer: Pick<Layer, "kind" | "spec" | "outputShape"> & {
    readonly options?: LayerOptions<I> | undefined;
    readonly map: (x: Tensor, context: LayerContext) => Tensor;
  },
): Layer<F, I> {
  const { map, options, ...rest } = layer;
  return {
    ...rest,
    name: options?.name,
    inputShape: options?.inputShape,
    init: () => NOTHING,
    apply: ({ state }, x, context) => ({ y: map(x, context), state }),
  };
}

/** The arguments that were given, without the undefined ones. */
export function specOf(kind: string, options: object): LayerSpec {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { kind, ...Object.fromEntries(given) };
}

/** @throws ArgumentError unless a layer's argument is a whole number above 0 */
export function expectCount(kind: string, name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new ArgumentError(`${kind}: expected a whole number of ${name} above 0, received ${value}`);
}
