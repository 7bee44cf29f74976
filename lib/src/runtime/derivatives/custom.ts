// Functions with a derivative that the user writes.

import { expectArgument, func } from "../../checks/arguments.ts";
import { GradientError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { makeGraph, Value } from "../../ir/graph.ts";
import { sameType, showType, type TensorType } from "../../ir/type.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { fillZeros } from "../../ops/fill.ts";
import { prims } from "../interpreter/apply.ts";
import { traceGraph } from "../interpreter/tracing.ts";
import { tensorKind, tensorsKind } from "../values/kinds.ts";
import type { Tensor } from "../values/tensor.ts";

/** Cotangents of the inputs from [inputs], the output and its cotangent. */
export type ReverseRule = (
  inputs: readonly Tensor[],
  output: Tensor,
  cotangent: Tensor,
) => readonly Tensor[];

/** The output's tangent from [inputs] and their tangents. */
export type ForwardRule = (inputs: readonly Tensor[], tangents: readonly Tensor[]) => Tensor;

const checkVjp = signature<typeof customVjp>("customVjp(f, rule)", func, func);
const checkJvp = signature<typeof customJvp>("customJvp(f, rule)", func, func);

/**
 * f with the reverse rule given: reverse mode uses it at every order; forward mode is an error.
 * The function and its rule are traced, so they cannot read values.
 */
export function customVjp(
  f: (...inputs: Tensor[]) => Tensor,
  rule: ReverseRule,
): (...inputs: Tensor[]) => Tensor {
  checkVjp(arguments);
  return (...inputs) => {
    expectInputs(f, inputs);
    const types = inputs.map(({ type }) => type);
    const value = traceGraph(nameOf(f), types, (args) => [f(...args)]);
    const output = value.graph.outputs[0]!.type;
    const reverse = traceGraph(nameOf(f), [...types, output, output], (args) => {
      const given = args.slice(0, inputs.length);
      const cotangents = rule(given, args[inputs.length]!, args[inputs.length + 1]!);
      expectTypes(nameOf(f), "cotangent", types, cotangents);
      return cotangents;
    });
    // Captured tensors become operands; the rule says nothing of them, so their cotangent is zero.
    const captured = [...value.captured, ...reverse.captured];
    const o = graphBuilder();
    const silent = captured.map(({ type }) => fillZeros(o, type));
    const n = inputs.length;
    const [own, late] = [reverse.graph.inputs.slice(0, n), reverse.graph.inputs.slice(n, n + 2)];
    const ruleGraph = makeGraph(
      [...own, ...unused(value.captured), ...reverse.graph.inputs.slice(n + 2), ...late],
      [...reverse.graph.outputs, ...silent],
    );
    const body = makeGraph(
      [...value.graph.inputs, ...unused(reverse.captured)],
      value.graph.outputs,
    );
    const params = { name: nameOf(f), body, rule: { mode: "vjp" as const, graph: ruleGraph } };
    return prims.custom(...inputs, ...captured, params)[0]!;
  };
}

/** f with the forward rule given; reverse mode follows from it by transposition. */
export function customJvp(
  f: (...inputs: Tensor[]) => Tensor,
  rule: ForwardRule,
): (...inputs: Tensor[]) => Tensor {
  checkJvp(arguments);
  return (...inputs) => {
    expectInputs(f, inputs);
    const types = inputs.map(({ type }) => type);
    const value = traceGraph(nameOf(f), types, (args) => [f(...args)]);
    const forward = traceGraph(nameOf(f), [...types, ...types], (args) => {
      const tangent = rule(args.slice(0, inputs.length), args.slice(inputs.length));
      expectTypes(nameOf(f), "tangent", [value.graph.outputs[0]!.type], [tangent]);
      return [tangent];
    });
    const n = inputs.length;
    const captured = [...value.captured, ...forward.captured];
    const ruleGraph = makeGraph(
      [
        ...forward.graph.inputs.slice(0, n),
        ...unused(value.captured),
        ...forward.graph.inputs.slice(2 * n),
        ...forward.graph.inputs.slice(n, 2 * n),
        ...unused(captured),
      ],
      forward.graph.outputs,
    );
    const body = makeGraph(
      [...value.graph.inputs, ...unused(forward.captured)],
      value.graph.outputs,
    );
    const params = { name: nameOf(f), body, rule: { mode: "jvp" as const, graph: ruleGraph } };
    return prims.custom(...inputs, ...captured, params)[0]!;
  };
}

function expectInputs(f: { readonly name: string }, inputs: readonly Tensor[]): void {
  inputs.forEach((input, i) => {
    expectArgument(nameOf(f), `argument ${i}`, input, tensorKind);
  });
}

/** Placeholders for operands that a graph does not read. */
function unused(tensors: readonly Tensor[]): Value[] {
  return tensors.map(({ type }) => new Value(type));
}

function nameOf(f: { readonly name: string }): string {
  return f.name || "custom function";
}

function expectTypes(
  name: string,
  kind: string,
  expected: readonly TensorType[],
  received: readonly Tensor[],
): void {
  expectArgument(name, "what its rule gives", received, tensorsKind);
  if (received.length !== expected.length) {
    throw new GradientError(
      `${name}: expected ${expected.length} ${kind}s from its rule, received ${received.length}`,
    );
  }
  expected.forEach((type, i) => {
    if (!sameType(type, received[i]!.type)) {
      throw new ShapeError(
        `${name}: ${kind} ${i}: expected ${showType(type)}, received ${showType(received[i]!.type)}`,
      );
    }
  });
}
