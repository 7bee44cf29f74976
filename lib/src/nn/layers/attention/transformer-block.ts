// A block of a transformer, normalised before each half (Xiong et al. 2020): attention, then a small net.

import { count, share } from "../../../checks/arguments.ts";
import type { Shape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { add } from "../../../tensor/elementwise.ts";
import { foldIn } from "../../../tensor/random.ts";
import type { ActivationSpec } from "../../activations/index.ts";
import { expectSignature, type LayerSignature, nameOption } from "../arguments.ts";
import { dense } from "../core/dense.ts";
import { expectSequence } from "../embedding/positions.ts";
import { type Layer, type LayerContext, NOTHING, type Params, specOf } from "../layer.ts";
import { layerNormalization } from "../normalization/layer-normalization.ts";
import { EPSILON, NORMALIZATION } from "../normalization/normalize.ts";
import { dropout as dropoutLayer } from "../regularization/dropout.ts";
import {
  expectHeads,
  expectMaskShape,
  MULTI_HEAD_ATTENTION,
  type MultiHeadAttentionOptions,
  multiHeadAttention,
} from "./multi-head-attention.ts";

/** Options of transformerBlock(). */
export interface TransformerBlockOptions extends MultiHeadAttentionOptions {
  /** Units of the hidden layer of the small net; 4 times the features by default. */
  readonly hidden?: number;
  /** Of the hidden layer; "gelu" by default. */
  readonly activation?: ActivationSpec;
  /** Dropped in training: weights of the attention, and what each half adds; 0 by default. */
  readonly dropout?: number;
  /** Of both normalisations; 0.001 by default. */
  readonly epsilon?: number;
}

export const TRANSFORMER_BLOCK: LayerSignature<TransformerBlockOptions> = {
  leading: { heads: count },
  options: {
    ...MULTI_HEAD_ATTENTION.options,
    hidden: count,
    activation: nameOption,
    dropout: share,
    epsilon: NORMALIZATION.epsilon,
  },
};

/**
 * [steps, features] to [steps, features]: h = x + attention(norm1(x)), then h + output(hidden(norm2(h))),
 * where norm1 and norm2 are layerNormalization(), attention is multiHeadAttention(heads), hidden and output
 * are dense() (Vaswani et al. 2017, normalised first as Xiong et al. 2020). `connect(block, x, mask)` leaves out steps where the mask [steps] holds 0. Parameters stand
 * under these five names.
 * @throws ArgumentError for options of another kind
 * @throws ShapeError for what is no sequence, features that heads cannot share out, and a mask that does
 * not fit
 */
export function transformerBlock(
  heads: number,
  options: TransformerBlockOptions = {},
): Layer<Identity> {
  const kind = "transformerBlock";
  expectSignature(kind, TRANSFORMER_BLOCK, [heads], options);
  const { hidden, activation = "gelu", dropout = 0, epsilon = EPSILON } = options;
  const {
    name: _,
    inputShape,
    trainable: _t,
    hidden: __,
    activation: ___,
    epsilon: ____,
    ...own
  } = options;
  const { bias = true, weights = "glorotUniform" } = options;
  const norm = layerNormalization({ epsilon });
  const attention = multiHeadAttention(heads, own);
  const drop = dropoutLayer(dropout);
  const unitsOf = (input: Shape) => hidden ?? 4 * input[1]!;
  /** Each part, and the shape of the examples that it reads. */
  const parts = (input: Shape): Readonly<Record<string, readonly [Layer, Shape]>> => ({
    norm1: [norm, input],
    attention: [attention, input],
    norm2: [norm, input],
    hidden: [dense(unitsOf(input), { activation, bias, weights }), input],
    output: [dense(input[1]!, { bias, weights }), [input[0]!, unitsOf(input)]],
  });
  return {
    kind,
    name: options.name,
    inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf(kind, { heads, ...options }),
    alsoReads: ["mask"],
    outputShape: (input, mask) => {
      expectSequence(kind, input);
      expectHeads(kind, input, heads, options.headSize);
      if (mask) expectMaskShape(kind, input, mask);
      return input;
    },
    weights: [...attention.weights!.map((path) => `attention/${path}`), "hidden/w", "output/w"],
    shapes: (input) => {
      const shapes = Object.entries(parts(input)).flatMap(([part, [layer, from]]) =>
        Object.entries(layer.shapes!(from)).map(([name, shape]) => [`${part}/${name}`, shape]),
      );
      return Object.fromEntries(shapes);
    },
    init: (key, input, dtype) => {
      const made = Object.entries(parts(input)).map(([part, [layer, from]], i) => {
        return [part, layer.init(foldIn(key, i), from, dtype).params];
      });
      return { params: Object.fromEntries(made), state: {} };
    },
    apply: ({ params, state }, x, told) => {
      const inner = parts(x.type.shape.slice(1));
      const context = (i: number): LayerContext => {
        return { training: told.training, key: foldIn(told.key, i) };
      };
      const run = (part: string, from: Tensor, more: Partial<LayerContext> = {}): Tensor => {
        const variables = { params: params[part] as Params, state: {} };
        return inner[part]![0].apply(variables, from, { ...context(0), ...more }).y;
      };
      const dropped = (y: Tensor, i: number) => drop.apply(NOTHING, y, context(i)).y;
      const mask = told.also?.[0] ?? told.mask;
      const normal = run("norm1", x);
      const seen = run("attention", normal, mask ? { also: [normal, mask] } : {});
      const h = add(x, dropped(seen, 1));
      const answer = run("output", run("hidden", run("norm2", h)));
      return { y: add(h, dropped(answer, 2)), state };
    },
  };
}
