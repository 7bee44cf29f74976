// What a layer is: plain functions over plain records of tensors. Nothing in it has state.

import type { Shape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Fn, Shaped, Shape as TypedShape } from "../../shapes/index.ts";
import type { FloatDType, LayerSpec } from "../../spec/parts.ts";
import type { Key } from "../../tensor/random.ts";
import type { Activation } from "../activations/activation.ts";

export type { FloatDType, LayerSpec } from "../../spec/parts.ts";

/** Tensors under names, to any depth. */
export interface Params {
  readonly [name: string]: Tensor | Params;
}

/** What is learnt, and what is remembered (running statistics). */
export interface LayerVariables {
  readonly params: Params;
  readonly state: Params;
}

/**
 * Sees a net input on its way to the activation, and gives back what to go on with: the same numbers.
 * @param z [batch, ...]; of a recurrent layer what the input gives to every step, [batch, steps, ...]
 * @param activation null where the output is no function of z alone
 */
export type Watch = (z: Tensor, activation: Activation | null) => Tensor;

/** What a layer is told beside its inputs when it is applied. */
export interface LayerContext {
  /** True in fit(), false in evaluate() and predict(). */
  readonly training: boolean;
  /** Randomness of this step, one key a layer. */
  readonly key: Key;
  /** What the layer reads besides its input, in the order of `alsoReads`; perhaps not all of it. */
  readonly also?: readonly Tensor[];
  /** Which steps of the input count, [batch, steps] with 0 for those that do not, where that is known. */
  readonly mask?: Tensor | undefined;
  /** True where the layer, or one that holds it, is not trained: it keeps its running statistics. */
  readonly frozen?: boolean;
  /** Takes a scalar that is minimised beside the loss, where something is. */
  readonly penalize?: ((cost: Tensor) => void) | undefined;
  /** Where someone looks inside: a layer that has a net input hands it through. */
  readonly watch?: Watch | undefined;
}

/** What a layer gives when it is applied: its output for a batch, [batch, ...], and its new state. */
export interface LayerResult {
  readonly y: Tensor;
  readonly state: Params;
  /** Which steps of y count, where the layer finds that out. */
  readonly mask?: Tensor | undefined;
  /** Where y = activation(z): the net input z, so that a loss can be computed from it without overflow. */
  readonly logits?: { readonly activation: string; readonly z: Tensor } | undefined;
}

/**
 * A layer. Shapes are those of one example; tensors have the batch in front of them.
 * @typeParam F its shape function, for the compiler; see shapes/fn.ts
 */
export interface Layer<out F extends Fn = Fn, out I extends TypedShape = any> extends Shaped<F, I> {
  readonly kind: string;
  /** The user's name for it; else its kind and number. */
  readonly name?: string | undefined;
  /** Null for a layer of the user's own, which no specification can hold. */
  readonly spec: LayerSpec | null;
  /**
   * What it may read besides its input, by name, as ["context", "mask"]: connect(layer, x, context, mask).
   * The shapes of what it does read come behind that of the input, the tensors in `LayerContext.also`.
   */
  readonly alsoReads?: readonly string[] | undefined;
  /** False: what it has learnt stays as it is, and no gradient of it is computed. */
  readonly trainable?: boolean | undefined;
  /** The layers that it holds, by the name under which their variables stand among its own. */
  readonly holds?: Readonly<Record<string, Layer>> | undefined;
  /** True where each step of the output belongs to that of the input: the mask of steps goes on. */
  readonly keepsMask?: boolean | undefined;
  /** True where NaN in its input is a gap, which the layer fills: fit() takes such examples. */
  readonly readsGaps?: boolean | undefined;
  /** The shape that one example has after the layer. @throws ShapeError if it does not fit */
  outputShape(input: Shape, ...also: readonly Shape[]): Shape;
  /**
   * The paths of those parameters that a regularizer penalises, as "kernel" or "query/kernel".
   * Without it: the parameters of two axes or more, so that biases, gains and slopes stay free.
   */
  readonly weights?: readonly string[] | undefined;
  /**
   * The shapes of its parameters, by path, before they are made: parameters that no engine can hold
   * are then refused with a sentence.
   */
  shapes?(input: Shape, ...also: readonly Shape[]): Readonly<Record<string, Shape>>;
  /** Fresh variables for examples of a shape. */
  init(key: Key, input: Shape, dtype: FloatDType, ...also: readonly Shape[]): LayerVariables;
  apply(variables: LayerVariables, x: Tensor, context: LayerContext): LayerResult;
}

/** Options that every layer has. */
export interface LayerOptions<I extends TypedShape = any> {
  readonly name?: string;
  /** The shape of one example, for the first layer of a model. */
  readonly inputShape?: I;
  /** False: its parameters stay as they are in fit(). */
  readonly trainable?: boolean;
}

/** What a layer says of its `inputShape` option: the literal shape, or nothing. */
export type InputShape<I extends TypedShape> = number extends I["length"] ? any : [...I];

export const NOTHING: LayerVariables = { params: {}, state: {} };

/**
 * State under this name goes on from one batch to the next, in predict() and evaluate() too, until
 * resetStates().
 */
export const CARRIED = "carried";

/** A layer that learns nothing: only how shapes and tensors change. */
export function withoutParameters<F extends Fn, I extends TypedShape = any>(
  layer: Pick<Layer, "kind" | "spec" | "outputShape" | "keepsMask" | "readsGaps"> & {
    readonly options?: LayerOptions<I> | undefined;
    readonly map: (x: Tensor, context: LayerContext) => Tensor;
  },
): Layer<F, I> {
  const { map, options, ...rest } = layer;
  return {
    ...rest,
    name: options?.name,
    inputShape: options?.inputShape,
    trainable: options?.trainable,
    init: () => NOTHING,
    apply: ({ state }, x, context) => ({ y: map(x, context), state }),
  };
}

/**
 * The arguments that were given, without the undefined ones, layers as their specifications; null where
 * one holds a function, as an activation of the user's own does: no specification can hold that.
 */
export function specOf(kind: string, options: object): LayerSpec | null {
  const given = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, written(value)] as const);
  return given.every(([, value]) => isData(value)) ? { kind, ...Object.fromEntries(given) } : null;
}

/** Stands for a layer that no specification can hold. */
const UNWRITTEN = Symbol("no specification");

function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  const isBuilt =
    typeof value === "object" && value !== null && "apply" in value && "init" in value;
  return isBuilt && "spec" in value ? (value.spec ?? UNWRITTEN) : value;
}

function isData(value: unknown): boolean {
  if (typeof value === "function" || typeof value === "symbol") return false;
  return typeof value !== "object" || value === null || Object.values(value).every(isData);
}
