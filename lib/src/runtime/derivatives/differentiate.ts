// Differentiates what was recorded or traced between some tensors.

import { dependents, type Graph, makeGraph, sortNodes, type Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";
import type { Tangent } from "../../ops/define.ts";
import { fillZeros } from "../../ops/fill.ts";
import { checkedGraph } from "../../transforms/checked.ts";
import { TRANSFORMS } from "../../transforms/table.ts";
import { pullback } from "../../transforms/vjp.ts";
import { current } from "../interpreter/current.ts";
import { recall } from "../interpreter/recorded.ts";
import { Tensor } from "../values/tensor.ts";
import { type LinearMap, type ReverseMap, recalledMap } from "./recalled.ts";

/** The part of the history between `inputs` and `outputs`, closed: inputs first, then what it reads. */
export function historyBetween(inputs: readonly Value[], outputs: readonly Value[]): Graph {
  const nodes = sortNodes(inputs, outputs);
  const inside = dependents(nodes, inputs);
  const read = new Set<Value>();
  for (const node of nodes) {
    if (!node.outputs.some((output) => inside.has(output))) continue;
    for (const input of node.inputs) if (!inside.has(input)) read.add(input);
  }
  for (const output of outputs) if (!inside.has(output)) read.add(output);
  return makeGraph([...inputs, ...read], outputs);
}

/** The map from cotangents of `outputs` to cotangents of `inputs`; zeros where nothing flows. */
export function reverse(inputs: readonly Value[], outputs: readonly Value[]): ReverseMap {
  const graph = historyBetween(inputs, outputs);
  const make = () => reverseOf(graph, inputs);
  return current.trace ? make() : recalledMap(graph, inputs.length, make);
}

function reverseOf(graph: Graph, inputs: readonly Value[]): ReverseMap {
  const wrt = graph.inputs.map((_, i) => i < inputs.length);
  const { cotangentInputs, cotangents } = pullback(graph, wrt);
  const reached = cotangents.map((cotangent) => cotangent !== null);
  return { ...close(graph, cotangentInputs, cotangents, inputs), reached };
}

/** The map from tangents of `inputs` to tangents of `outputs`. */
export function forward(inputs: readonly Value[], outputs: readonly Value[]): LinearMap {
  const graph = historyBetween(inputs, outputs);
  const wrt = graph.inputs.map((_, i) => i < inputs.length);
  const { tangentInputs, tangents } = TRANSFORMS.linearize(graph, wrt);
  return close(graph, tangentInputs, tangents, outputs);
}

/** Makes a graph of the map: what it needs of the values computed before comes in as `saved`. */
function close(
  graph: Graph,
  mapInputs: readonly Value[],
  results: readonly Tangent[],
  like: readonly Value[],
): LinearMap {
  const o = graphBuilder();
  const outputs = results.map((result, i) => result ?? fillZeros(o, like[i]!.type));
  const known = new Set([...graph.inputs, ...graph.nodes.flatMap((node) => node.outputs)]);
  const needed = new Set<Value>();
  for (const node of sortNodes([...known, ...mapInputs], outputs)) {
    for (const input of node.inputs) if (known.has(input)) needed.add(input);
  }
  for (const output of outputs) if (known.has(output)) needed.add(output);
  return {
    graph: checkedGraph(makeGraph([...needed, ...mapInputs], outputs)),
    saved: [...needed].map(tensorAt),
  };
}

/** The tensor that stands at a value of the present trace, or of what was recorded. */
function tensorAt(value: Value): Tensor {
  const { trace } = current;
  return trace ? new Tensor({ type: value.type, value, trace }) : recall(value);
}
