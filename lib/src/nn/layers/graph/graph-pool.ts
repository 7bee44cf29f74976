// Pooling of a whole graph: one number a feature of all its nodes.

import { oneOf } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Show, Shape as TypedShape } from "../../../shapes/index.ts";
import { where } from "../../../tensor/comparison.ts";
import { cast, div, maximum } from "../../../tensor/elementwise.ts";
import { reshape } from "../../../tensor/movement.ts";
import { max, sum } from "../../../tensor/reduce.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type InputShape, type Layer, type LayerOptions, NOTHING, specOf } from "../layer.ts";
import { expectNodes } from "./edges.ts";

export const GRAPH_POOL: LayerSignature<LayerOptions> = {
  leading: { pool: oneOf("mean", "sum", "max") },
  options: LAYER,
};

/** Nodes are pooled away. */
export interface GraphPool extends Fn {
  readonly out: this["in"] extends infer S extends TypedShape
    ? number extends S["length"]
      ? any
      : S extends readonly [number, infer C extends number]
        ? [C]
        : `graphPool: expected an example [nodes, features], received ${Show<S>}`
    : never;
}

/**
 * [nodes, features] to [features]: the mean, the sum or the largest over all nodes of a graph, as PyTorch
 * Geometric's global pools. Graphs of fewer nodes are padded, and `connect(layer, x, mask)` leaves out the nodes
 * where the mask [nodes] holds 0; of no node at all it gives 0.
 * @throws ArgumentError for another name than these three
 * @throws ShapeError for examples of another rank, and for a mask that is not a number for each node
 */
export function graphPool<const I extends TypedShape = any>(
  pool: "mean" | "sum" | "max",
  options: LayerOptions<I> = {},
): Layer<GraphPool, InputShape<I>> {
  expectSignature("graphPool", GRAPH_POOL, [pool], options);
  return {
    kind: "graphPool",
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf("graphPool", { pool, ...options }),
    alsoReads: ["mask"],
    outputShape: (input, mask) => {
      expectNodes("graphPool", input);
      if (!mask || (mask.length === 1 && mask[0] === input[0])) return input.slice(1);
      throw new ShapeError(
        `graphPool: expected a mask [${input[0]}], a number for each node of ${showShape(input)}, ` +
          `received ${showShape(mask)}`,
      );
    },
    init: () => NOTHING,
    apply: ({ state }, x, { also = [] }) => ({ y: pooled(x, pool, also[0]), state }),
  };
}

function pooled(x: Tensor, pool: "mean" | "sum" | "max", mask: Tensor | undefined): Tensor {
  const [batch, nodes] = x.type.shape as [number, number, number];
  const seen = mask && reshape(cast(mask, "bool"), [batch, nodes, 1]);
  if (pool === "max") {
    if (!seen) return max(x, 1);
    const largest: Tensor = max(where(seen, x, Number.NEGATIVE_INFINITY), 1);
    const some: Tensor = max(cast(seen, "int32"), 1);
    return where(cast(some, "bool"), largest, 0);
  }
  const total: Tensor = sum(seen ? where(seen, x, 0) : x, 1);
  if (pool === "sum") return total;
  const count: Tensor | number = seen ? sum(cast(seen, x.dtype), 1) : nodes;
  return div(total, typeof count === "number" ? count : maximum(count, 1));
}
