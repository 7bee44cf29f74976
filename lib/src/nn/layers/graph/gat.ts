// Graph attention (Velickovic et al. 2018): each node asks its neighbours and itself, and weighs what they say.

import { count, oneOf, share } from "../../../checks/arguments.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Shape } from "../../../shapes/index.ts";
import { where } from "../../../tensor/comparison.ts";
import { zeros } from "../../../tensor/create.ts";
import { add, mul } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { reshape } from "../../../tensor/movement.ts";
import { foldIn } from "../../../tensor/random.ts";
import { mean, sum } from "../../../tensor/reduce.ts";
import { leakyRelu } from "../../activations/index.ts";
import { fansOf, initializerOf } from "../../initializers/index.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { singleActivation, WEIGHTED, type WeightedOptions, weighted } from "../core/weighted.ts";
import {
  type InputShape,
  type Layer,
  type LayerContext,
  NOTHING,
  type Params,
  specOf,
} from "../layer.ts";
import { dropout as dropoutLayer } from "../regularization/dropout.ts";
import { expectEdges, graphEdgesOf, type OfNodes } from "./edges.ts";
import { segmentSoftmax, segmentSum } from "./segments.ts";

/** Options of gat(). */
export interface GatOptions<I extends Shape = any> extends WeightedOptions<I> {
  /** How many attentions there are beside each other; 1 by default. */
  readonly heads?: number;
  /** What is made of the heads: one after another (default), or their mean. */
  readonly join?: "concat" | "mean";
  /** The probability with which a weight of the attention is dropped in training; 0 by default. */
  readonly dropout?: number;
}

export const GAT: LayerSignature<GatOptions> = {
  leading: { units: count },
  options: { heads: count, join: oneOf("concat", "mean"), dropout: share, ...WEIGHTED, ...LAYER },
};

/** The slope left of 0 in the paper's scores. */
const SLOPE = 0.2;

/**
 * [nodes, features] to [nodes, heads units], or [nodes, units] for the mean of the heads: with h = x w, a node i
 * adds up a_ij h_j over its neighbours and itself, where a_ij is the softmax over j of
 * leakyRelu(target . h_i + source . h_j) with slope 0.2 (Velickovic et al. 2018, equations 3 to 6), as PyTorch
 * Geometric's GATConv; then f(... + b). It reads edges as gcn does, without weights. Parameters w
 * [features, heads units], source and target [heads, units], and b.
 * @throws ArgumentError and ShapeError as gcn
 */
export function gat<const N extends number, const I extends Shape = any>(
  units: N,
  options: GatOptions<I> = {},
): Layer<OfNodes<"gat", number>, InputShape<I>> {
  expectSignature("gat", GAT, [units], options);
  const { heads = 1, join = "concat", dropout = 0, weights = "glorotUniform" } = options;
  if (options.activation !== undefined) singleActivation("gat", options.activation);
  const drop = dropoutLayer(dropout);
  const outputs = join === "concat" ? heads * units : units;
  const vectors = [heads, units];
  const sumUp = (x: Tensor, params: Params, context: LayerContext): Tensor => {
    const { w, source, target } = params as { w: Tensor; source: Tensor; target: Tensor };
    const [batch, nodes] = x.type.shape as [number, number, number];
    const all = batch * nodes;
    const edges = graphEdgesOf("gat", x, context.also![0]!);
    const h = reshape(matmul(x, w), [all, heads, units]);
    const itself = prims.iota({ length: all, dtype: "int32" });
    const from = prims.concat(edges.from, itself, { axis: 0 });
    // Padding goes to a node of its own, behind all others.
    const to = prims.concat(where(edges.real, edges.to, all), itself, { axis: 0 });
    const says: Tensor = sum(mul(h, source), -1); // [all, heads]
    const asks: Tensor = prims.concat(sum(mul(h, target), -1), zeros([1, heads], x.dtype), {
      axis: 0,
    });
    const scores = leakyRelu(add(prims.gather(says, from), prims.gather(asks, to)), SLOPE);
    const shares = drop.apply(NOTHING, segmentSoftmax(scores, to, all + 1), context).y;
    const rows = reshape(shares, [from.size, heads, 1]);
    const answers = segmentSum(mul(prims.gather(h, from), rows), to, all + 1);
    const found = prims.slice(answers, {
      start: [0, 0, 0],
      end: [all, heads, units],
      step: [1, 1, 1],
    });
    const joined: Tensor = join === "concat" ? found : mean(found, 1);
    return reshape(joined, [batch, nodes, outputs]);
  };
  const layer = weighted(
    outputs,
    options,
    (input) => [input.at(-1)!, heads * units],
    (x, _w, context, params) => sumUp(x, params, context),
  );
  return {
    kind: "gat",
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf("gat", { units, ...options }),
    alsoReads: ["edges"],
    outputShape: (input, edges) => {
      expectEdges("gat", input, edges);
      return [input[0]!, outputs];
    },
    ...layer,
    weights: ["w", "source", "target"],
    shapes: (input) => ({ ...layer.shapes!(input), source: vectors, target: vectors }),
    init: (key, input, dtype) => {
      const { params, state } = layer.init(key, input, dtype);
      const drawn = (i: number) =>
        initializerOf(weights).init(foldIn(key, i), vectors, fansOf([units, 1]), dtype);
      return { params: { ...params, source: drawn(2), target: drawn(3) }, state };
    },
  };
}
