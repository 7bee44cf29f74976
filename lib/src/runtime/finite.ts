// Finds where a NaN or an infinity came from: replays a program op by op.

import { evaluate } from "../engines/reference/evaluate.ts";
import { type DataArray, isFloat } from "../ir/dtype.ts";
import { NumberError } from "../ir/errors.ts";
import type { Graph, Node, Value } from "../ir/graph.ts";
import { showType } from "../ir/type.ts";

/**
 * Checks a program's float outputs.
 * @param inputs what the program read, for the replay
 * @throws NumberError naming the first op that made a NaN or an infinity out of finite numbers
 */
export function expectFinite(
  graph: Graph,
  outputs: readonly DataArray[],
  inputs: readonly DataArray[],
): void {
  const bad = outputs.findIndex(
    (data, i) => isFloat(graph.outputs[i]!.type.dtype) && !allFinite(data),
  );
  if (bad < 0) return;
  const culprit = firstNonFinite(graph, inputs);
  throw new NumberError(
    culprit
      ? `Result ${bad} is not finite: ${culprit}.`
      : `Result ${bad} is not finite on this engine, though a replay on the reference engine is.`,
  );
}

function firstNonFinite(graph: Graph, inputs: readonly DataArray[]): string | undefined {
  const producers = new Map<Value, Node>();
  for (const node of graph.nodes) for (const output of node.outputs) producers.set(output, node);
  let found: string | undefined;
  const arrays = graph.inputs.map(({ type }, i) => ({ ...type, data: inputs[i]! }));
  evaluate(graph, arrays, (value, { data }) => {
    if (found || !isFloat(value.type.dtype) || allFinite(data)) return;
    const what = Number.isNaN(data.find((x) => !Number.isFinite(x))) ? "NaN" : "an infinity";
    const node = producers.get(value);
    const place = node?.path ? ` in "${node.path}"` : "";
    const position = node ? graph.nodes.indexOf(node) : -1;
    found = node
      ? `op ${position} (${node.op}${place}, ${showType(value.type)}) gave ${what} first`
      : `argument or variable ${graph.inputs.indexOf(value)} holds ${what} already`;
  });
  return found;
}

function allFinite(data: DataArray): boolean {
  return data.every((x: number) => Number.isFinite(x));
}
