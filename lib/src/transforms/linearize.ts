// Forward mode: follows tangents through a graph by each op's jvp rule.

import { GradientError } from "../checks/errors.ts";
import { isFloat } from "../ir/dtype.ts";
import { type Graph, type Node, Value } from "../ir/graph.ts";
import { sameType, showType } from "../ir/type.ts";
import { addNode, graphBuilder } from "../ops/builder.ts";
import type { GraphTransforms, JvpResult, Linearized, Tangent } from "../ops/define.ts";
import { opOf } from "../ops/table.ts";

/**
 * The tangents of a graph's outputs, as nodes that refer to the graph's own values.
 * @param wrt marks the inputs that get a tangent; integers and booleans carry none
 */
export function linearize(
  graph: Graph,
  wrt: readonly boolean[],
  transforms: GraphTransforms,
): Linearized {
  const tangents = new Map<Value, Tangent>();
  const replaced = new Map<Value, Value>(); // only where a rule rebuilds what it computes
  const tangentInputs: Value[] = [];
  graph.inputs.forEach((input, i) => {
    if (!wrt[i] || !isFloat(input.type.dtype)) return;
    const dx = new Value(input.type, null, 0, input.name && `d${input.name}`);
    tangentInputs.push(dx);
    tangents.set(input, dx);
  });
  const primal = (value: Value) => replaced.get(value) ?? value;
  for (const node of graph.nodes) {
    const inputs = node.inputs.map(primal);
    const dInputs = node.inputs.map((input) => tangents.get(input) ?? null);
    const outputs = inputs.every((input, i) => input === node.inputs[i])
      ? node.outputs
      : addNode(node.op, inputs, node.params, node);
    const result = applyRule(node, inputs, dInputs, outputs, transforms);
    node.outputs.forEach((output, i) => {
      const value = result.primals[i]!;
      if (value !== output) replaced.set(output, value);
      const dy = result.tangents[i] ?? null;
      if (dy && isFloat(output.type.dtype)) tangents.set(output, expectTangent(node, output, dy));
    });
  }
  return {
    primals: graph.outputs.map(primal),
    tangentInputs,
    tangents: graph.outputs.map((output) => tangents.get(output) ?? null),
  };
}

interface NodeTangents {
  readonly primals: readonly Value[];
  readonly tangents: readonly Tangent[];
}

function applyRule(
  node: Node,
  inputs: readonly Value[],
  dInputs: readonly Tangent[],
  outputs: readonly Value[],
  transforms: GraphTransforms,
): NodeTangents {
  const { jvp } = opOf(node.op);
  if (!jvp || dInputs.every((dx) => dx === null)) return { primals: outputs, tangents: [] };
  const o = graphBuilder({ path: node.path, origin: node });
  const context = { params: node.params, outputs, transforms };
  const result: JvpResult<typeof node.op> = jvp(o, inputs as never, dInputs as never, context);
  if (result === null || result instanceof Value) return { primals: outputs, tangents: [result] };
  if (Array.isArray(result)) return { primals: outputs, tangents: result };
  return result;
}

function expectTangent(node: Node, output: Value, dy: Value): Value {
  if (sameType(output.type, dy.type)) return dy;
  throw new GradientError(
    `${node.op}: the jvp rule gives a tangent ${showType(dy.type)} for ${showType(output.type)}`,
  );
}
