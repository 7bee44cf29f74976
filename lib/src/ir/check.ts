// The graph checker: scoping, order, and types as the ops' own rules give them.

import { expectArgument, func } from "../checks/arguments.ts";
import { NeuriteError } from "../checks/errors.ts";
import type { Graph, Value } from "./graph.ts";
import { expectGraph } from "./graph-kind.ts";
import type { OpName, OpParams } from "./op-table.ts";
import { graphsIn } from "./param-parts.ts";
import { sameType, showType, type TensorType } from "./type.ts";

/** The type rules, which live above this floor. */
export type InferTypes = (
  op: OpName,
  inputs: readonly TensorType[],
  params: OpParams<OpName>,
) => readonly TensorType[];

/**
 * Checks that each node reads only what is defined before it, that its results have the types that
 * its rule gives, and that outputs are defined; the graphs inside ops too.
 * @throws NeuriteError at the first node that breaks a rule
 */
export function checkGraph(graph: Graph, infer: InferTypes): void {
  expectGraph("checkGraph", graph);
  expectArgument("checkGraph", "infer", infer, func);
  const defined = new Set<Value>(graph.inputs);
  graph.nodes.forEach((node, position) => {
    const where = `graph: node ${position} (${node.op})`;
    for (const input of node.inputs) {
      if (!defined.has(input))
        throw new NeuriteError(`${where} reads a value before it is computed`);
    }
    const types = infer(
      node.op,
      node.inputs.map((input) => input.type),
      node.params,
    );
    if (types.length !== node.outputs.length) {
      throw new NeuriteError(
        `${where} has ${node.outputs.length} results, its rule gives ${types.length}`,
      );
    }
    for (const inner of graphsIn(node)) checkGraph(inner, infer);
    node.outputs.forEach((output, i) => {
      const type = types[i]!;
      if (!sameType(type, output.type)) {
        throw new NeuriteError(
          `${where} claims ${showType(output.type)}, its rule gives ${showType(type)}`,
        );
      }
      defined.add(output);
    });
  });
  for (const output of graph.outputs) {
    if (!defined.has(output)) throw new NeuriteError("graph: an output is never computed");
  }
}
