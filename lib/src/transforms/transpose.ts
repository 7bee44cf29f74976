// Reverse mode's second half: runs the linear part of a graph backwards by each op's transpose rule.

import { GradientError } from "../checks/errors.ts";
import { dependents, sortNodes, type Value } from "../ir/graph.ts";
import { graphBuilder } from "../ops/builder.ts";
import type { GraphTransforms, Tangent } from "../ops/define.ts";
import { opOf } from "../ops/table.ts";
import { Cotangents } from "./cotangents.ts";

/**
 * Cotangents of `inputs`, given the cotangents of `outputs`, which depend on the inputs linearly.
 * Other values that the linear part reads stay as they are. Cotangents that meet in one value are added.
 * @param report told the cotangent of every value on the way, for those who look inside
 */
export function transposeLinear(
  inputs: readonly Value[],
  outputs: readonly Tangent[],
  cotangents: readonly Tangent[],
  transforms: GraphTransforms,
  report?: Map<Value, Value>,
): Tangent[] {
  const cts = new Cotangents();
  outputs.forEach((output, i) => output && cts.add(output, cotangents[i] ?? null));

  const linearPart = makeLinearPart(inputs, outputs);
  for (const node of [...linearPart.nodes].reverse()) {
    const received = node.outputs.map((output) => cts.of(output));
    const linear = node.inputs.map((input) => linearPart.values.has(input));
    if (!linear.includes(true) || received.every((ct) => ct === null)) continue;
    const rule = opOf(node.op).transpose;
    if (!rule) throw new GradientError(`${node.op}: this op is not linear and has no transpose`);
    const o = graphBuilder({ path: node.path, origin: node });
    const { params, outputs: own } = node;
    const given = rule(o, received as [Tangent, ...Tangent[]], node.inputs as never, {
      params,
      linear,
      outputs: own,
      transforms,
    });
    node.inputs.forEach((input, i) => linear[i] && cts.add(input, given[i] ?? null, node.path));
  }
  if (report) for (const value of cts.values) report.set(value, cts.of(value)!);
  return inputs.map((input) => cts.of(input));
}

/** The nodes between inputs and outputs; values that depend on no input are read, not entered. */
function makeLinearPart(inputs: readonly Value[], outputs: readonly Tangent[]) {
  const nodes = sortNodes(
    inputs,
    outputs.filter((output) => output !== null),
  );
  const values = dependents(nodes, inputs);
  const moving = nodes.filter((node) => node.outputs.some((output) => values.has(output)));
  return { nodes: moving, values };
}
