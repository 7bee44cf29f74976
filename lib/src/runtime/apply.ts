// Where every op of every tensor passes: traced into a graph, or run at once and perhaps recorded.

import { TraceError } from "../ir/errors.ts";
import { type Graph, Value } from "../ir/graph.ts";
import type { Builder, OpName, Params } from "../ir/op-table.ts";
import { showType } from "../ir/type.ts";
import { addNode, makeBuilder } from "../ops/builder.ts";
import { current } from "./current.ts";
import { runOp, runProgram } from "./programs.ts";
import { recorded } from "./recorded.ts";
import { type Scope, Tensor } from "./tensor.ts";

/** Applies one op under the current interpreter. */
export function apply<N extends OpName>(
  name: N,
  inputs: readonly Tensor[],
  params: Params<N>,
): Tensor[] {
  const operands = inputs.map((input) => input.read());
  const { trace, path } = current;
  if (trace) {
    const values = operands.map((operand) => trace.lift(operand));
    const results = addNode(name, values, params, { path });
    return results.map((value) => new Tensor({ type: value.type, value, trace }));
  }
  const results = runOp(name, operands.map(knownArray), params);
  const scopes = liveScopes(operands);
  if (scopes.length === 0) {
    return results.map(
      ({ dtype, shape, data }) => new Tensor({ type: { dtype, shape }, known: data }),
    );
  }
  const values = addNode(name, operands.map(historyOf), params, { path });
  return values.map((value, i) => {
    const { data } = results[i]!;
    return remember(new Tensor({ type: value.type, known: data, value, scopes }));
  });
}

/** The primitives over tensors: what composed functions are written in. */
export const prims: Builder<Tensor> = makeBuilder<Tensor>((name, inputs, params) =>
  apply(name, inputs, params),
);

/** Runs a graph on tensors: as one program where nothing watches, else op by op. */
export function runGraph(graph: Graph, inputs: readonly Tensor[]): Tensor[] {
  const operands = inputs.map((input) => input.read());
  if (!current.trace && !(current.recording && operands.some((operand) => operand.tracked))) {
    const arrays = runProgram(
      graph,
      operands.map((operand) => knownArray(operand).data),
    );
    return graph.outputs.map(({ type }, i) => new Tensor({ type, known: arrays[i]! }));
  }
  const tensors = new Map<Value, Tensor>(graph.inputs.map((input, i) => [input, operands[i]!]));
  for (const node of graph.nodes) {
    const results = apply(
      node.op,
      node.inputs.map((input) => tensors.get(input)!),
      node.params,
    );
    node.outputs.forEach((output, i) => tensors.set(output, results[i]!));
  }
  return graph.outputs.map((output) => tensors.get(output)!);
}

function knownArray(tensor: Tensor) {
  const { known, type, trace } = tensor.parts;
  if (known) return { ...type, data: known };
  throw new TraceError(
    `A tensor ${showType(type)} left the ${trace!.what} that traced it. ` +
      "Return it from the traced function instead of storing it outside.",
  );
}

function liveScopes(operands: readonly Tensor[]): readonly Scope[] {
  if (!current.recording) return [];
  const live = new Set<Scope>();
  for (const operand of operands) {
    for (const scope of operand.parts.scopes ?? []) if (scope.live) live.add(scope);
  }
  return [...live];
}

/** The operand's place in the recording; what has no history gets a placeholder of its own. */
function historyOf(operand: Tensor): Value {
  const { value } = operand.parts;
  if (value && operand.tracked) return value;
  const placeholder = new Value(operand.type);
  recorded.set(placeholder, operand);
  return placeholder;
}

/** Lets the recording find this tensor again by its value. */
export function remember(tensor: Tensor): Tensor {
  recorded.set(tensor.parts.value!, tensor);
  return tensor;
}
