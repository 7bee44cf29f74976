// Where every op of every tensor passes: traced into a graph, or run at once and perhaps recorded.

import { isFloat } from "../../ir/dtype.ts";
import { type Graph, Node, type Provenance, Value } from "../../ir/graph.ts";
import type { Builder, OpName, OpParams } from "../../ir/op-table.ts";
import { addNode, makeBuilder, possibleTypes } from "../../ops/builder.ts";
import type { NdArray } from "../../ops/define.ts";
import { opOf } from "../../ops/table.ts";
import { leaked, type Scope, Tensor } from "../values/tensor.ts";
import { current } from "./current.ts";
import { runOp, runProgram } from "./programs.ts";
import { recorded } from "./recorded.ts";

/**
 * Applies one op under the current interpreter.
 * @param from the node of which this one is a copy, if it is
 */
export function apply<N extends OpName>(
  name: N,
  inputs: readonly Tensor[],
  params: OpParams<N>,
  from?: Provenance,
): Tensor[] {
  const operands = inputs.map((input) => input.read());
  const { trace } = current;
  if (trace) {
    const path = from?.path ?? current.path;
    const lifted = operands.map((operand) => trace.lift(operand));
    const values = current.recording ? lifted : lifted.map((value) => trace.hide(value));
    const results = addNode(name, values, params, { path, origin: from?.origin });
    if (!current.recording) for (const result of results) trace.markHidden(result);
    return results.map((value) => new Tensor({ type: value.type, value, trace }));
  }
  const types = possibleTypes(
    name,
    operands.map((operand) => operand.type),
    params,
  );
  const results = runOp(name, operands.map(knownArray), params, types);
  const scopes = liveScopes(operands);
  if (scopes.length === 0) {
    return types.map((type, i) => new Tensor({ type, known: results[i]! }));
  }
  const node = new Node(name, operands.map(historyOf), params, types, {
    path: from?.path ?? current.path,
  });
  return node.outputs.map((value, i) => {
    const known = results[i]!;
    // What carries no derivative gets no history either: stopGradient() drops the history before it.
    if (!carriesTangent(value)) return new Tensor({ type: value.type, known });
    return remember(new Tensor({ type: value.type, known, value, scopes }));
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
      node,
    );
    node.outputs.forEach((output, i) => tensors.set(output, results[i]!));
  }
  return graph.outputs.map((output) => tensors.get(output)!);
}

function knownArray(tensor: Tensor): NdArray {
  const { known, type, trace } = tensor.parts;
  if (known) return { dtype: type.dtype, shape: type.shape, data: known };
  throw leaked(type, trace!);
}

/** True unless the value's derivative is zero by the nature of its op or its element type. */
export function carriesTangent({ type, node }: Value): boolean {
  return isFloat(type.dtype) && (node === null || opOf(node.op).jvp !== null);
}

const NONE: readonly Scope[] = [];

function liveScopes(operands: readonly Tensor[]): readonly Scope[] {
  if (!current.recording || !operands.some((operand) => operand.tracked)) return NONE;
  const live = new Set<Scope>();
  for (const operand of operands) {
    for (const scope of operand.parts.scopes ?? []) if (scope.live) live.add(scope);
  }
  return [...live];
}

/** The operand's place in the recording; what has no history gets a placeholder of its own. */
function historyOf(operand: Tensor): Value {
  const { value } = operand.parts;
  if (value && operand.tracked) {
    // Its history may have been released; the tensor itself is here, and may be saved again.
    recorded.set(value, operand);
    return value;
  }
  const placeholder = new Value(operand.type);
  recorded.set(placeholder, operand);
  return placeholder;
}

/** Lets the recording find this tensor again by its value. */
export function remember(tensor: Tensor): Tensor {
  recorded.set(tensor.parts.value!, tensor);
  return tensor;
}
