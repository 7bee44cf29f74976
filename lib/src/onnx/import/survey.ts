// A look over all nodes of a model before it runs: which ops there are, and what initializers are for.

import type { GraphProto, NodeProto } from "../schema/generated/onnx_pb.ts";
import { OnnxError } from "./core/errors.ts";
import { functionKey, opRowOf, type Setting } from "./core/evaluate.ts";

/** What an initializer is for: read as numbers, kept as it is, or a weight. */
export type Use = "number" | "kept" | "weight";

export interface Survey {
  readonly ops: Readonly<Record<string, number>>;
  readonly uses: ReadonlyMap<string, Use>;
}

/** @throws OnnxError naming every op that is not covered */
export function surveyOf(setting: Setting, graph: GraphProto): Survey {
  const counts = new Map<string, number>();
  const uses = new Map<string, Use>();
  const missing = new Set<string>();
  const look = (node: NodeProto): void => {
    counts.set(node.opType, (counts.get(node.opType) ?? 0) + 1);
    for (const { g, graphs } of node.attribute) {
      for (const inner of g ? [g, ...graphs] : graphs) for (const each of inner.node) look(each);
    }
    if (setting.functions.has(functionKey(node.domain, node.opType))) return;
    try {
      const row = opRowOf(setting, node);
      for (const i of row.reads) note(uses, node.input[i], "number");
      for (const i of row.keeps) note(uses, node.input[i], "kept");
    } catch (error) {
      if (!(error instanceof OnnxError)) throw error;
      missing.add(error.message);
    }
  };
  for (const node of graph.node) look(node);
  for (const own of setting.functions.values()) for (const node of own.node) look(node);
  if (missing.size > 0) throw new OnnxError([...missing].sort().join(". "));
  const ops = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ops, uses };
}

function note(uses: Map<string, Use>, name: string | undefined, use: Use): void {
  if (name && uses.get(name) !== "number") uses.set(name, use);
}
