// Reverse mode: linearize, then transpose the linear part.

import { type Graph, makeGraph, Value } from "../ir/graph.ts";
import { expectMarks } from "../ir/graph-kind.ts";
import { graphBuilder } from "../ops/builder.ts";
import type { Tangent } from "../ops/define.ts";
import { fillZeros } from "../ops/fill.ts";
import { checkedGraph } from "./checked.ts";
import { TRANSFORMS } from "./table.ts";

export interface Pullback {
  /** Values of the outputs, perhaps rebuilt (see scan). */
  readonly primals: readonly Value[];
  /** One placeholder for each output. */
  readonly cotangentInputs: readonly Value[];
  /** Cotangents of the inputs marked in `wrt`, in order; null is zero. */
  readonly cotangents: readonly Tangent[];
}

/** The pullback of a graph, as values that refer to the graph's own. */
export function pullback(graph: Graph, wrt: readonly boolean[]): Pullback {
  const { primals, tangentInputs, tangents } = TRANSFORMS.linearize(graph, wrt);
  const cotangentInputs = graph.outputs.map(({ type }) => new Value(type));
  const found = TRANSFORMS.transposeLinear(tangentInputs, tangents, cotangentInputs);
  // Inputs marked in wrt that carry no tangent (integers) get no cotangent.
  const next = found[Symbol.iterator]();
  const floats = graph.inputs.map((input, i) => wrt[i] === true && carriesTangent(input));
  const cotangents = graph.inputs.flatMap((_, i) =>
    wrt[i] ? [floats[i] ? (next.next().value as Tangent) : null] : [],
  );
  return { primals, cotangentInputs, cotangents };
}

function carriesTangent({ type }: Value): boolean {
  return type.dtype === "float32" || type.dtype === "float64";
}

/**
 * Reverse mode as a graph. Inputs [inputs…, cotangents of the outputs…];
 * outputs [outputs…, cotangents of the inputs marked in `wrt`…].
 */
export function vjpGraph(graph: Graph, wrt: readonly boolean[]): Graph {
  expectMarks("vjpGraph", graph, wrt);
  const { primals, cotangentInputs, cotangents } = pullback(graph, wrt);
  const o = graphBuilder();
  const marked = graph.inputs.filter((_, i) => wrt[i]);
  const filled = cotangents.map((ct, i) => ct ?? fillZeros(o, marked[i]!.type));
  return checkedGraph(makeGraph([...graph.inputs, ...cotangentInputs], [...primals, ...filled]));
}
