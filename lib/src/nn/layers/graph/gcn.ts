// Graph convolution (Kipf and Welling 2017): each node takes the mean of its neighbours and itself.

import { count, flag } from "../../../checks/arguments.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Shape } from "../../../shapes/index.ts";
import { greater, where } from "../../../tensor/comparison.ts";
import { add, div, mul, sqrt } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { reshape } from "../../../tensor/movement.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { WEIGHTED, type WeightedOptions, weighted } from "../core/weighted.ts";
import { type InputShape, type Layer, specOf } from "../layer.ts";
import { expectEdges, type GraphEdges, graphEdgesOf, type OfNodes } from "./edges.ts";
import { segmentSum, sumOfNeighbours } from "./segments.ts";

/** Options of gcn(). */
export interface GcnOptions<I extends Shape = any> extends WeightedOptions<I> {
  /** True (default): each node is a neighbour of itself, with weight 1. */
  readonly selfLoops?: boolean;
}

export const GCN: LayerSignature<GcnOptions> = {
  leading: { units: count },
  options: { selfLoops: flag, ...WEIGHTED, ...LAYER },
};

/**
 * [nodes, features] to [nodes, units]: f(D^-1/2 (A + I) D^-1/2 x w + b), where D holds the sums of the rows
 * of A + I (Kipf and Welling 2017, equation 2), as PyTorch Geometric's GCNConv. It reads the graph as further
 * places, `connect(layer, x, edges)` or `connect(layer, x, edges, weights)`: edges [2, number of edges] are pairs
 * of nodes, from where and to where, so that an edge without direction stands in it twice; -1 and -1 is padding, for
 * graphs of fewer edges; weights [number of edges] are 1 where they are not given. Parameters w
 * [features, units] and b [units].
 * @throws ArgumentError unless units is a whole number above 0; where it is applied, for edges of no node
 * @throws ShapeError for examples of another rank, and for edges or weights that are not given or do not fit
 */
export function gcn<const N extends number, const I extends Shape = any>(
  units: N,
  options: GcnOptions<I> = {},
): Layer<OfNodes<"gcn", N>, InputShape<I>> {
  expectSignature("gcn", GCN, [units], options);
  const { selfLoops = true } = options;
  return {
    kind: "gcn",
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf("gcn", { units, ...options }),
    alsoReads: ["edges", "weights"],
    outputShape: (input, edges, weights) => {
      expectEdges("gcn", input, edges, weights);
      return [input[0]!, units];
    },
    ...weighted(
      units,
      options,
      (input) => [input.at(-1)!, units],
      (x, w, { also = [] }) => {
        const edges = graphEdgesOf("gcn", x, also[0]!, also[1]);
        return spread(matmul(x, w), edges, selfLoops);
      },
    ),
  };
}

/** D^-1/2 A D^-1/2 x of x [batch, nodes, features]; a node without edges takes nothing. */
function spread(x: Tensor, graph: GraphEdges, selfLoops: boolean): Tensor {
  const [batch, nodes, features] = x.type.shape as [number, number, number];
  const count = batch * nodes;
  const edges = segmentSum(graph.weight, graph.to, count);
  const degree = selfLoops ? add(edges, 1) : edges; // [count, 1]
  const some = greater(degree, 0);
  const root = where(some, div(1, sqrt(where(some, degree, 1))), 0);
  const own = mul(reshape(x, [count, features]), root);
  const taken = sumOfNeighbours(own, graph);
  return reshape(mul(selfLoops ? add(taken, own) : taken, root), [batch, nodes, features]);
}
