// What a node's parameters are made of: plain settings, and graphs within the graph.

import type { Graph, Node } from "./graph.ts";
import type { CondParams, CustomParams, ScanParams, WhileParams } from "./op-table.ts";

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

/** The graphs that an op holds, in the order of its parameters. */
export function graphsIn({ op, params }: Node): readonly Graph[] {
  switch (op) {
    case "scan":
      return [(params as ScanParams).body];
    case "cond": {
      const { ifTrue, ifFalse } = params as CondParams;
      return [ifTrue, ifFalse];
    }
    case "whileLoop": {
      const { condition, body } = params as WhileParams;
      return [condition, body];
    }
    case "custom":
    case "customTangent": {
      const { body, rule } = params as CustomParams;
      return [body, rule.graph];
    }
    default:
      return NONE;
  }
}

const NONE: readonly Graph[] = [];

export function isGraph(value: unknown): value is Graph {
  return typeof value === "object" && value !== null && "nodes" in value && "outputs" in value;
}

function showSetting(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(showSetting).join(", ")}]` : JSON.stringify(value);
}
