// What a node's parameters are made of: plain settings, and graphs within the graph.

import type { Graph, Node } from "./graph.ts";

export interface ParamParts {
  /** Settings as text: `axes=[0]`. */
  readonly settings: readonly string[];
  /** Named as in the parameters: "body", "rule.graph". */
  readonly graphs: readonly (readonly [name: string, graph: Graph])[];
}

/** The parameters of any node but a constant, taken apart. */
export function paramParts(node: Node): ParamParts {
  const settings: string[] = [];
  const graphs: [string, Graph][] = [];
  const visit = (params: object, prefix: string): void => {
    for (const [key, value] of Object.entries(params) as [string, unknown][]) {
      const name = prefix + key;
      if (isGraph(value)) graphs.push([name, value]);
      else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
        visit(value, `${name}.`);
      } else settings.push(`${name}=${showSetting(value)}`);
    }
  };
  if (node.params) visit(node.params, "");
  return { settings, graphs };
}

export function isGraph(value: unknown): value is Graph {
  return typeof value === "object" && value !== null && "nodes" in value && "outputs" in value;
}

function showSetting(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(showSetting).join(", ")}]` : JSON.stringify(value);
}
