// Reverse mode's second half: runs the linear part of a graph backwards by each op's transpose rule.

import { GradientError } from "../ir/errors.ts";
import { dependents, sortNodes, type Value } from "../ir/graph.ts";
import { sameType, showType } from "../ir/type.ts";
import { graphBuilder } from "../ops/builder.ts";
import { type GraphTransforms, plus, type Tangent } from "../ops/define.ts";
import { opOf } from "../ops/table.ts";

/**
 * Cotangents of `inputs`, given the cotangents of `outputs`, which depend on the inputs linearly.
 * What the linear part reads besides stays as it is. Cotangents that meet in one value are added.
 * @param report told the cotangent of every value on the way, for those who look inside
 */
export function transposeLinear(
  inputs: readonly Value[],
  outputs: readonly Tangent[],
  cotangents: readonly Tangent[],
  transforms: GraphTransforms,
  report?: Map<Value, Value>,
): Tangent[] {
  const cts = new Map<Value, Value>();
  const add = (value: Value, ct: Tangent, path?: string) => {
    if (!ct) return;
    if (!sameType(value.type, ct.type)) {
      throw new GradientError(
        `a cotangent ${showType(ct.type)} arrives at a value ${showType(value.type)}`,
      );
    }
    cts.set(value, plus(graphBuilder({ path }), cts.get(value) ?? null, ct)!);
  };
  outputs.forEach((output, i) => output && add(output, cotangents[i] ?? null));

  const linearPart = makeLinearPart(inputs, outputs);
  for (const node of [...linearPart.nodes].reverse()) {
    const received = node.outputs.map((output) => cts.get(output) ?? null);
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
    node.inputs.forEach((input, i) => linear[i] && add(input, given[i] ?? null, node.path));
  }
  if (report) for (const [value, ct] of cts) report.set(value, ct);
  return inputs.map((input) => cts.get(input) ?? null);
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
