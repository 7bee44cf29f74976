// Which graphs the Wasm engine can run, and why not the others.

import type { Graph, Node } from "../../../ir/graph.ts";
import type { OpName } from "../../../ir/op-table.ts";
import { graphsIn } from "../../../ir/param-parts.ts";
import { showType } from "../../../ir/type.ts";
import { sizeInBytes } from "../lower/view.ts";

const REASONS: { readonly [N in OpName]?: string } = {
  customTangent: "customTangent stands for a gradient that was never transposed",
};
/** No array may be larger: indices are signed 32-bit numbers of bytes. */
const MOST_BYTES = 2 ** 31 - 2 ** 16;

/** The reason why a graph cannot be compiled, or null. */
export function unsupported(graph: Graph): string | null {
  for (const node of graph.nodes) {
    const reason = REASONS[node.op] ?? firstReason(programsIn(node));
    if (reason) return reason;
  }
  const values = [...graph.inputs, ...graph.nodes.flatMap((node) => node.outputs)];
  const large = values.find(({ type }) => sizeInBytes(type.dtype, type.shape) > MOST_BYTES);
  return large ? `${showType(large.type)} is too large for 32-bit addresses` : null;
}

function firstReason(graphs: readonly Graph[]): string | null {
  for (const graph of graphs) {
    const reason = unsupported(graph);
    if (reason) return reason;
  }
  return null;
}

/** The graphs in a node that are run with it; what a function with its own derivative holds is not. */
function programsIn(node: Node): readonly Graph[] {
  return node.op === "custom" ? [] : graphsIn(node);
}

/** False for what fails on every engine, in words of its own. */
export function runsElsewhere({ nodes }: Graph): boolean {
  return nodes.every((node) => {
    return node.op !== "customTangent" && programsIn(node).every(runsElsewhere);
  });
}
