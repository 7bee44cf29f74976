// Functions of several results with a derivative in closed form, which reads these results.

import { makeGraph, Value } from "../../ir/graph.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { traceGraph } from "../../runtime/interpreter/tracing.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";

/** Tangents of the outputs from inputs, outputs and the inputs' tangents, linear in the last. */
export type TangentRule = (
  inputs: Tensor[],
  outputs: Tensor[],
  tangents: Tensor[],
) => readonly Tensor[];

/**
 * f with its tangents given; reverse mode follows by transposition, and higher orders too, since the
 * outputs that the rule reads have the rule again. For an output of integers the rule may give anything.
 */
export function withTangents(
  name: string,
  f: (...inputs: Tensor[]) => readonly Tensor[],
  rule: TangentRule,
): (...inputs: Tensor[]) => Tensor[] {
  return (...inputs) => {
    const types = inputs.map(({ type }) => type);
    const value = traceGraph(name, types, (args) => f(...args));
    const n = inputs.length;
    const results = value.graph.outputs.map(({ type }) => type);
    const tangent = traceGraph(name, [...types, ...results, ...types], (args) =>
      rule(args.slice(0, n), args.slice(n, -n), args.slice(-n)),
    );
    // Captured tensors become operands, which the rule holds fixed.
    const captured = [...value.captured, ...tangent.captured];
    const unread = (tensors: readonly Tensor[]) => tensors.map(({ type }) => new Value(type));
    const own = tangent.graph.inputs;
    const end = n + results.length;
    const graph = makeGraph(
      [
        ...own.slice(0, n),
        ...unread(value.captured),
        ...own.slice(end + n),
        ...own.slice(n, end),
        ...own.slice(end, end + n),
        ...unread(captured),
      ],
      tangent.graph.outputs,
    );
    const body = makeGraph(
      [...value.graph.inputs, ...unread(tangent.captured)],
      value.graph.outputs,
    );
    const params = { name, body, rule: { mode: "outputs" as const, graph } };
    return prims.custom(...inputs, ...captured, params);
  };
}
