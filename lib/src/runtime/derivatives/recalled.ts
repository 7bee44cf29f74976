// Gradients of histories that look like earlier ones: the map is not derived and checked again.

import { type Graph, makeGraph, Node, Value } from "../../ir/graph.ts";
import { graphKey } from "../../ir/graph-key.ts";
import { traitsOf } from "../../ops/traits.ts";
import { Recent } from "../interpreter/recent.ts";
import { recall } from "../interpreter/recorded.ts";
import type { Tensor } from "../values/tensor.ts";

/** A linear map between tangents or cotangents, ready to run. */
export interface LinearMap {
  /** Inputs [saved…, one for each tangent or cotangent that goes in…]. */
  readonly graph: Graph;
  readonly saved: readonly Tensor[];
}

/** The map from cotangents of outputs to those of inputs. */
export interface ReverseMap extends LinearMap {
  /** For each input whether a derivative reaches it; where none does, its cotangent is always zero. */
  readonly reached: readonly boolean[];
}

/** A map without the tensors that it saved: these are found by their places in a history. */
interface Template {
  readonly graph: Graph;
  /** Among the inputs of the history and the results of its nodes. */
  readonly saved: readonly number[];
  readonly reached: readonly boolean[];
}

const LIMIT = 256;
/** The steps of a training loop all have one history, but for the numbers. */
const templates = new Recent<Template>(LIMIT);

/**
 * What `make` gives for the history: taken from an earlier one of the same structure if there was one.
 * @param count how many of its inputs the map leads to
 */
export function recalledMap(history: Graph, count: number, make: () => ReverseMap): ReverseMap {
  // Derivatives of loops hold graphs that refer to what was recorded, and would keep it.
  const key = history.nodes.some(({ op }) => traitsOf(op).graphs) ? null : graphKey(history);
  if (key === null) return make();
  let made: ReverseMap | null = null;
  const { graph, saved, reached } = templates.get(templates, `${count} ${key}`, () => {
    made = make();
    return templateOf(history, made);
  });
  if (made) return made;
  const values = valuesOf(history);
  return { graph, reached, saved: saved.map((place) => recall(values[place]!)) };
}

function templateOf(history: Graph, { graph, saved, reached }: ReverseMap): Template {
  const places = new Map(valuesOf(history).map((value, place) => [value, place]));
  const read = graph.inputs.slice(0, saved.length);
  return { graph: detached(graph), saved: read.map((value) => places.get(value)!), reached };
}

function valuesOf({ inputs, nodes }: Graph): Value[] {
  return [...inputs, ...nodes.flatMap((node) => node.outputs)];
}

/** The same graph on values of its own, which lead to nothing that was recorded. */
function detached(graph: Graph): Graph {
  const copies = new Map<Value, Value>();
  for (const input of graph.inputs) copies.set(input, new Value(input.type, null, 0, input.name));
  const copy = (value: Value) => copies.get(value)!;
  for (const { op, inputs, params, outputs, path } of graph.nodes) {
    const types = outputs.map(({ type }) => type);
    const node = new Node(op, inputs.map(copy), params, types, { path });
    outputs.forEach((output, i) => {
      copies.set(output, node.outputs[i]!);
    });
  }
  return makeGraph(graph.inputs.map(copy), graph.outputs.map(copy));
}
