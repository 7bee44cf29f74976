// Multi-head attention (Vaswani et al. 2017, section 3.2.2): several attentions beside each other.

import { count, flag, type Kinds, share } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { reshape, transpose } from "../../../tensor/movement.ts";
import { foldIn } from "../../../tensor/random.ts";
import type { InitializerSpec } from "../../initializers/index.ts";
import { expectSignature, LAYER, type LayerSignature, nameOption } from "../arguments.ts";
import { dense } from "../core/dense.ts";
import { expectSequence } from "../embedding/positions.ts";
import { type Layer, type LayerOptions, NOTHING, type Params, specOf } from "../layer.ts";
import { dropout as dropoutLayer } from "../regularization/dropout.ts";
import { attend } from "./scaled-dot-product.ts";

/** Options of multiHeadAttention(). */
export interface MultiHeadAttentionOptions extends LayerOptions {
  /** How many numbers a query and a key of each head have, and a value; by default features / heads. */
  readonly headSize?: number;
  /** True: a step sees itself and what comes before it only. */
  readonly causal?: boolean;
  /** The probability with which a weight of the attention is dropped in training; 0 by default. */
  readonly dropout?: number;
  /** False leaves the biases out. */
  readonly bias?: boolean;
  /** How the weights start; "glorotUniform" by default. */
  readonly weights?: InitializerSpec;
}

const OPTIONS: Kinds<MultiHeadAttentionOptions> = {
  headSize: count,
  causal: flag,
  dropout: share,
  bias: flag,
  weights: nameOption,
  ...LAYER,
};
export const MULTI_HEAD_ATTENTION: LayerSignature<MultiHeadAttentionOptions> = {
  leading: { heads: count },
  options: OPTIONS,
};

const PARTS = ["query", "key", "value", "output"] as const;
type Part = (typeof PARTS)[number];

/**
 * [steps, features] to [steps, features]: each step asks all steps, or those of a context, and adds up
 * what they answer, as Keras's MultiHeadAttention. In a network it may read more than one place:
 * `connect(layer, x)` is self-attention, `connect(layer, x, context)` asks [steps, features] of another
 * place, and `connect(layer, x, context, mask)` leaves out the steps of the context where the mask
 * [steps] holds 0, as for padding; of self-attention the context is x. A step that sees nothing
 * adds up nothing. Parameters query, key and value, each w [features, heads headSize] and b, and output, w
 * [heads headSize, features] and b.
 * @throws ArgumentError for options of another kind
 * @throws ShapeError for what is no sequence, features that heads cannot share out, a mask that does not
 * fit, and causal attention to a context of another length
 */
export function multiHeadAttention(
  heads: number,
  options: MultiHeadAttentionOptions = {},
): Layer<Identity> {
  const kind = "multiHeadAttention";
  expectSignature(kind, MULTI_HEAD_ATTENTION, [heads], options);
  const { causal = false, dropout = 0, bias = true, weights = "glorotUniform" } = options;
  const drop = dropoutLayer(dropout);
  const headSize = (input: Shape) => options.headSize ?? input.at(-1)! / heads;
  const parts = (input: Shape): Readonly<Record<Part, Layer>> => {
    const inner = dense(heads * headSize(input), { bias, weights });
    const output = dense(input.at(-1)!, { bias, weights });
    return { query: inner, key: inner, value: inner, output };
  };
  const reads = (part: Part, input: Shape, context: Shape): Shape => {
    if (part === "output") return [input[0]!, heads * headSize(input)];
    return part === "query" ? input : context;
  };
  return {
    kind,
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf(kind, { heads, ...options }),
    alsoReads: ["context", "mask"],
    outputShape: (input, context = input, mask) => {
      expectSequence(kind, input);
      expectSequence(kind, context);
      expectHeads(kind, input, heads, options.headSize);
      if (causal && context[0] !== input[0]) {
        throw new ShapeError(
          `${kind}: causal attention wants a context of as many steps, received ` +
            `${showShape(input)} and context ${showShape(context)}`,
        );
      }
      if (mask) expectMaskShape(kind, context, mask);
      return input;
    },
    weights: PARTS.map((part) => `${part}/w`),
    shapes: (input, context = input) => {
      const own = PARTS.map((part) => {
        const shapes = parts(input)[part].shapes!(reads(part, input, context));
        return Object.entries(shapes).map(([name, shape]) => [`${part}/${name}`, shape]);
      });
      return Object.fromEntries(own.flat());
    },
    init: (key, input, dtype, context = input) => {
      const made = PARTS.map((part, i) => {
        const from = reads(part, input, context);
        return [part, parts(input)[part].init(foldIn(key, i), from, dtype).params];
      });
      return { params: Object.fromEntries(made), state: {} };
    },
    apply: ({ params, state }, x, told) => {
      const [read, given] = told.also ?? [];
      const context = read ?? x;
      const mask = given ?? (read ? undefined : told.mask); // of x, where x is the context
      const [batch, steps] = x.type.shape as [number, number, number];
      const input = x.type.shape.slice(1);
      const plain = { ...told, watch: undefined };
      const project = (part: Part, from: Tensor): Tensor =>
        parts(input)[part].apply({ params: params[part] as Params, state: {} }, from, plain).y;
      const split = (y: Tensor) => apart(y, heads);
      const found = attend(
        split(project("query", x)),
        split(project("key", context)),
        split(project("value", context)),
        { causal, ...(mask && { mask: reshape(mask, [batch, 1, 1, mask.type.shape[1]!]) }) },
        (shares) => drop.apply(NOTHING, shares, plain).y,
      );
      const joined = reshape(transpose(found, [0, 2, 1, 3]), [
        batch,
        steps,
        heads * headSize(input),
      ]);
      return { y: project("output", joined), state };
    },
  };
}

/** [batch, steps, heads size] to [batch, heads, steps, size]. */
function apart(x: Tensor, heads: number): Tensor {
  const [batch, steps, width] = x.type.shape as [number, number, number];
  return transpose(reshape(x, [batch, steps, heads, width / heads]), [0, 2, 1, 3]);
}

/** @throws ShapeError for features that heads cannot share out */
export function expectHeads(
  kind: string,
  input: Shape,
  heads: number,
  headSize: number | undefined,
): void {
  if (headSize !== undefined || input[1]! % heads === 0) return;
  throw new ShapeError(
    `${kind}: ${heads} heads cannot share the ${input[1]} features of an example ` +
      `${showShape(input)} evenly: take another number of heads, or say headSize`,
  );
}

/** @throws ShapeError for a mask that is not a number for each step */
export function expectMaskShape(kind: string, context: Shape, mask: Shape): void {
  if (mask.length === 1 && mask[0] === context[0]) return;
  throw new ShapeError(
    `${kind}: expected a mask [${context[0]}], a number for each step of ${showShape(context)}, ` +
      `received ${showShape(mask)}`,
  );
}
