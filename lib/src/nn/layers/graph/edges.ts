// The edges of graphs, as layers read them: a batch of graphs is one graph of many parts.

import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { isFloat } from "../../../ir/dtype.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Show, Shape as TypedShape } from "../../../shapes/index.ts";
import {
  equal,
  greaterEqual,
  less,
  logicalAnd,
  logicalNot,
  logicalOr,
  where,
} from "../../../tensor/comparison.ts";
import { add, cast, floor, mul } from "../../../tensor/elementwise.ts";

/** Nodes that have `Units` numbers each. */
export interface OfNodes<Op extends string, Units extends number> extends Fn {
  readonly out: OfNodesOut<this["in"], Op, Units>;
}

type OfNodesOut<S, Op extends string, Units extends number> = S extends TypedShape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer N extends number, number]
      ? [N, Units]
      : `${Op}: expected an example [nodes, features], received ${Show<S>}`
  : never;

/** @throws ShapeError for what is no table of nodes */
export function expectNodes(kind: string, input: Shape): Shape {
  if (input.length === 2 && input.every((length) => length > 0)) return input;
  throw new ShapeError(
    `${kind}: expected an example [nodes, features], received ${showShape(input)}`,
  );
}

/** @throws ShapeError unless the shapes are those of nodes, of edges, and of a weight for each edge */
export function expectEdges(
  kind: string,
  input: Shape,
  edges: Shape | undefined,
  weights?: Shape,
): void {
  expectNodes(kind, input);
  if (!edges) {
    throw new ShapeError(
      `${kind}: expected edges [2, number of edges] to read: connect(layer, x, edges)`,
    );
  }
  if (edges.length !== 2 || edges[0] !== 2) {
    throw new ShapeError(
      `${kind}: expected edges [2, number of edges], from where and to where, ` +
        `received ${showShape(edges)}`,
    );
  }
  if (weights && (weights.length !== 1 || weights[0] !== edges[1])) {
    throw new ShapeError(
      `${kind}: expected a weight for each of ${edges[1]} edges, received ${showShape(weights)}`,
    );
  }
}

/** The edges of a batch of graphs: places among all nodes, [batch edges], and what each edge counts. */
export interface GraphEdges {
  readonly from: Tensor;
  readonly to: Tensor;
  /** False where an edge is padding. */
  readonly real: Tensor;
  /** [batch edges, 1], 0 where an edge is padding. */
  readonly weight: Tensor;
  /** False where all edges but padding count 1. */
  readonly weighted: boolean;
}

/**
 * @param x [batch, nodes, features]
 * @param edges [batch, 2, edges]: whole numbers of any element type; -1 and -1 is padding
 * @param weights [batch, edges]; 1 each if not given
 * @throws ArgumentError for an edge that names no node: here where it is known, else where the program runs
 */
export function graphEdgesOf(kind: string, x: Tensor, edges: Tensor, weights?: Tensor): GraphEdges {
  const [batch, nodes] = x.type.shape as [number, number];
  const count = edges.type.shape[2]!;
  expectKnown(kind, edges, nodes);
  const whole = cast(edges, "int32");
  // No node is between two others.
  const places = isFloat(edges.dtype) ? where(equal(floor(edges), edges), whole, nodes) : whole;
  const end = (i: number): Tensor => {
    const part = prims.slice(places, {
      start: [0, i, 0],
      end: [batch, i + 1, count],
      step: [1, 1, 1],
    });
    return prims.reshape(part, { shape: [batch, count] });
  };
  const [start, stop] = [end(0), end(1)];
  const padding = logicalAnd(equal(start, -1), equal(stop, -1));
  const graph = prims.iota({ length: batch, dtype: "int32" });
  const first = prims.reshape(mul(graph, nodes), { shape: [batch, 1] });
  const flat = (place: Tensor): Tensor => {
    const outside = logicalOr(less(place, 0), greaterEqual(place, nodes));
    // A wrong node must not be one of the next graph: no place is -1, and is refused.
    const known = where(outside, -1, add(place, first));
    return prims.reshape(where(padding, first, known), { shape: [batch * count] });
  };
  const real = prims.reshape(logicalNot(padding), { shape: [batch * count] });
  const counted = prims.reshape(cast(real, x.dtype), { shape: [batch * count, 1] });
  const given = weights && prims.reshape(cast(weights, x.dtype), { shape: [batch * count, 1] });
  return {
    from: flat(start),
    to: flat(stop),
    real,
    weighted: given !== undefined,
    weight: given ? mul(given, counted) : counted,
  };
}

function expectKnown(kind: string, edges: Tensor, nodes: number): void {
  const { known } = edges.read().parts;
  if (!known) return;
  const isNode = (v: number) => v >= 0 && v < nodes && v % 1 === 0;
  const count = edges.type.shape[2]!;
  for (let i = 0; i < known.length; i++) {
    const within = i % (2 * count);
    const other = Number(known[within < count ? i + count : i - count]);
    const value = Number(known[i]);
    if (isNode(value) || (value === -1 && other === -1)) continue;
    throw new ArgumentError(
      `${kind}: expected edges between nodes 0 to ${nodes - 1} (or -1 and -1 for padding), ` +
        `received ${value} at edge ${within % count}`,
    );
  }
}
