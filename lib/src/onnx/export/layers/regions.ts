// Layers in a traced network: the nodes of one, what it reads and what it gives.

import type { Graph, Node, Value } from "../../../ir/graph.ts";
import type { Layer } from "../../../nn/layers/layer.ts";
import type { Site } from "../site.ts";

/** A layer whose nodes could be written as one. */
export interface Region {
  readonly layer: Layer;
  readonly nodes: readonly Node[];
  /** All that it reads but constants, variables apart. */
  readonly x: Value;
  readonly y: Value;
  /** Its variables by the last part of their names, as "w". */
  readonly variables: Readonly<Record<string, Value>>;
}

/** Writes a layer as the node that readers know; false where it is another one after all. */
export type LayerLowering = (site: Site, region: Region) => boolean;

/**
 * The layers of some kinds, by each node of theirs. Told by the scopes in which nodes were traced.
 * @param names of the variables among the graph's inputs
 */
export function regionsOf(
  graph: Graph,
  layers: Readonly<Record<string, Layer>>,
  kinds: ReadonlySet<string>,
  names: ReadonlyMap<Value, string>,
): ReadonlyMap<Node, Region> {
  const found = new Map<Node, Region>();
  for (const [path, layer] of scopesOf(layers, "")) {
    if (!kinds.has(layer.kind)) continue;
    const nodes = graph.nodes.filter((node) => node.path === path);
    const region = regionOf(graph, layer, nodes, names);
    if (region) for (const node of nodes) found.set(node, region);
  }
  return found;
}

/** Layers with those that they hold, by scope. */
function* scopesOf(
  layers: Readonly<Record<string, Layer>>,
  before: string,
): Generator<readonly [string, Layer]> {
  for (const [name, layer] of Object.entries(layers)) {
    const path = before + name;
    yield [path, layer];
    if (layer.holds) yield* scopesOf(layer.holds, `${path}/`);
  }
}

function regionOf(
  graph: Graph,
  layer: Layer,
  nodes: readonly Node[],
  names: ReadonlyMap<Value, string>,
): Region | null {
  const own = new Set(nodes.flatMap(({ outputs }) => outputs));
  const read = new Set(nodes.flatMap(({ inputs }) => inputs).filter((value) => !own.has(value)));
  const others = [...read].filter((value) => value.node?.op !== "constant");
  const variables = others.filter((value) => names.has(value));
  const data = others.filter((value) => !names.has(value));
  const elsewhere = graph.nodes.filter((node) => !nodes.includes(node));
  const seen = new Set([...elsewhere.flatMap(({ inputs }) => inputs), ...graph.outputs]);
  const given = [...own].filter((value) => seen.has(value));
  const [x, y] = [data[0], given[0]];
  if (!x || !y || data.length > 1 || given.length > 1) return null;
  const last = (value: Value) => names.get(value)!.split("/").at(-1)!;
  return { layer, nodes, x, y, variables: Object.fromEntries(variables.map((v) => [last(v), v])) };
}
