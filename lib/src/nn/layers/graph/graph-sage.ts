// GraphSAGE (Hamilton, Ying and Leskovec 2017): a node beside what its neighbours have in common.

import { count, flag, oneOf } from "../../../checks/arguments.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Shape } from "../../../shapes/index.ts";
import { greater, where } from "../../../tensor/comparison.ts";
import { div, mul, sqrt, square } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { reshape } from "../../../tensor/movement.ts";
import { sum } from "../../../tensor/reduce.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { WEIGHTED, type WeightedOptions, weighted } from "../core/weighted.ts";
import { type InputShape, type Layer, specOf } from "../layer.ts";
import { expectEdges, type GraphEdges, graphEdgesOf, type OfNodes } from "./edges.ts";
import { segmentMax, segmentSum, sumOfNeighbours } from "./segments.ts";

/** Options of graphSage(). */
export interface GraphSageOptions<I extends Shape = any> extends WeightedOptions<I> {
  /** What is made of the neighbours: their mean (default), their sum, or the largest of each feature. */
  readonly aggregate?: "mean" | "sum" | "max";
  /** True: the outputs of each node are divided by their length; false by default. */
  readonly normalize?: boolean;
}

export const GRAPH_SAGE: LayerSignature<GraphSageOptions> = {
  leading: { units: count },
  options: { aggregate: oneOf("mean", "sum", "max"), normalize: flag, ...WEIGHTED, ...LAYER },
};

/**
 * [nodes, features] to [nodes, units]: f([x, a] w + b), where a is what a node's neighbours have in common
 * (Hamilton et al. 2017, algorithm 1, with all neighbours), as PyTorch Geometric's SAGEConv; 0 where it has
 * none. It reads edges, and perhaps their weights, as gcn does: of weighted edges the mean is
 * sum(weight x) / sum(weight), and the largest is that of weight x. Parameters w [2 features, units], the rows for
 * the node itself first, and b [units].
 * @throws ArgumentError and ShapeError as gcn
 */
export function graphSage<const N extends number, const I extends Shape = any>(
  units: N,
  options: GraphSageOptions<I> = {},
): Layer<OfNodes<"graphSage", N>, InputShape<I>> {
  expectSignature("graphSage", GRAPH_SAGE, [units], options);
  const { aggregate = "mean", normalize = false } = options;
  const layer = weighted(
    units,
    options,
    (input) => [2 * input.at(-1)!, units],
    (x, w, { also = [] }) => {
      const edges = graphEdgesOf("graphSage", x, also[0]!, also[1]);
      return matmul(prims.concat(x, gathered(x, edges, aggregate), { axis: 2 }), w);
    },
  );
  return {
    kind: "graphSage",
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf("graphSage", { units, ...options }),
    alsoReads: ["edges", "weights"],
    outputShape: (input, edges, weights) => {
      expectEdges("graphSage", input, edges, weights);
      return [input[0]!, units];
    },
    ...layer,
    apply: (variables, x, context) => {
      const result = layer.apply(variables, x, context);
      return normalize ? { y: toLengthOne(result.y), state: result.state } : result;
    },
  };
}

/** What the neighbours of each node have in common, [batch, nodes, features]. */
function gathered(x: Tensor, graph: GraphEdges, aggregate: "mean" | "sum" | "max"): Tensor {
  const { shape } = x.type;
  const [batch, nodes, features] = shape as [number, number, number];
  const count = batch * nodes;
  const rows = reshape(x, [count, features]);
  if (aggregate === "max") {
    const { from, to, real, weight, weighted } = graph;
    const said = prims.gather(rows, from);
    // Padding goes to a segment of its own.
    const places = where(real, to, count);
    const largest = segmentMax(weighted ? mul(said, weight) : said, places, count + 1);
    const own = prims.slice(largest, { start: [0, 0], end: [count, features], step: [1, 1] });
    return reshape(own, shape);
  }
  const total = sumOfNeighbours(rows, graph);
  if (aggregate === "sum") return reshape(total, shape);
  const weights = segmentSum(graph.weight, graph.to, count);
  const some = greater(weights, 0);
  return reshape(where(some, div(total, where(some, weights, 1)), 0), shape);
}

/** Rows divided by their length; a row of zeros stays one. */
function toLengthOne(y: Tensor): Tensor {
  const squares: Tensor = sum(square(y), -1, true);
  const some = greater(squares, 0);
  return where(some, div(y, sqrt(where(some, squares, 1))), 0);
}
