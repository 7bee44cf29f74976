// A text that names a graph's structure: equal texts, the same program.

import type { Graph, Node, Value } from "./graph.ts";
import { showType } from "./type.ts";

/** Constants of more elements have no key: whoever kept a program by it would keep them too. */
const MOST_ELEMENTS = 64;

/**
 * Everything of a graph that a program can depend on or show, names and paths included; null where it
 * holds large constants.
 */
export function graphKey(graph: Graph): string | null {
  const places = new Map<Value, number>();
  const define = (value: Value) => places.set(value, places.size);
  const lines = graph.inputs.map((input) => {
    define(input);
    return `${showType(input.type)}${input.name === undefined ? "" : JSON.stringify(input.name)}`;
  });
  for (const node of graph.nodes) {
    const operands = node.inputs.map((input) => places.get(input));
    const path = node.path === undefined ? "" : JSON.stringify(node.path);
    const params = paramsKey(node.params);
    if (params === null) return null;
    lines.push(`${node.op}(${operands})${params}${path}`);
    node.outputs.forEach(define);
  }
  return `${lines.join(";")}>${graph.outputs.map((output) => places.get(output))}`;
}

/** The parameters of an op as a text, with arrays and graphs in them; null as above. */
export function paramsKey(params: Node["params"]): string | null {
  if (params === null) return "";
  let isKey = true;
  const text = JSON.stringify(params, (_, field: unknown) => {
    const part = fieldKey(field);
    if (part === null && field !== null) isKey = false;
    return part;
  });
  return isKey ? text : null;
}

function fieldKey(field: unknown): unknown {
  if (ArrayBuffer.isView(field)) return arrayKey(field as Float64Array);
  if (typeof field !== "object" || field === null || !("nodes" in field)) return field;
  return graphKey(field as Graph);
}

/** As JSON would not, this tells -0 from 0, and NaN and the infinities apart. */
function arrayKey(data: Float64Array): string | null {
  if (data.length > MOST_ELEMENTS) return null;
  return Array.from(data, (x) => (Object.is(x, -0) ? "-0" : String(x))).join(" ");
}
