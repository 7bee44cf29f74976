// What flows along every edge of a graph: the value of each, and the gradient of one output with
// respect to each, inner values and constants included. Runs on the reference engine.

import {
  anything,
  either,
  expectArgument,
  expectOptions,
  flag,
  index,
  type Kinds,
  listOf,
  worded,
} from "../../checks/arguments.ts";
import { ArgumentError, GradientError } from "../../checks/errors.ts";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { allocate, isFloat } from "../../ir/dtype.ts";
import { type Graph, makeGraph, type Node, type Value } from "../../ir/graph.ts";
import { expectGraph } from "../../ir/graph-kind.ts";
import { sizeOf } from "../../ir/shape.ts";
import { sameType, showType, type TensorType } from "../../ir/type.ts";
import type { NdArray } from "../../ops/define.ts";
import { expectArray } from "../../ops/nd-array.ts";
import { vjpGraph } from "../../transforms/vjp.ts";

/** Options of edgesOf(). */
export interface EdgeOptions {
  /** Which output to differentiate: true is the first, false (as when left out) none. */
  readonly gradients?: boolean | number;
}

/** What stands on the edges of a graph: the number of every value, and its gradient. */
export interface Edges {
  readonly values: Map<Value, NdArray>;
  /** Of every float value; zeros where the output does not depend on it. */
  readonly gradients: Map<Value, NdArray>;
}

const EDGES: Kinds<EdgeOptions> = {
  gradients: worded("true, false or the place of an output", either(flag, index)),
};

/**
 * Values and gradients of all edges of `graph`.
 * @throws ArgumentError where the inputs do not fit the graph, or there is no such output
 * @throws GradientError where the output to differentiate is not one float
 */
export function edgesOf(
  graph: Graph,
  inputs: readonly NdArray[],
  options: EdgeOptions = {},
): Edges {
  expectGraph("edgesOf", graph);
  expectArgument("edgesOf", "inputs", inputs, listOf(anything));
  expectOptions("edgesOf", options, EDGES);
  const { gradients = false } = options;
  expectInputs(graph, inputs);
  const values = new Map<Value, NdArray>();
  evaluate(graph, inputs, (value, result) => values.set(value, result));
  if (gradients === false) return { values, gradients: new Map() };
  const output = differentiable(graph, gradients === true ? 0 : gradients);
  return { values, gradients: gradientsOf(graph, output, values) };
}

/**
 * Backwards, one node at a time. One pullback of the whole graph would not do: tangents that pass
 * through an op unchanged stand for two values at once, and constants have none.
 */
function gradientsOf(
  graph: Graph,
  output: Value,
  values: ReadonlyMap<Value, NdArray>,
): Map<Value, NdArray> {
  const gradients = new Map<Value, NdArray>([[output, filled(output.type, 1)]]);
  const gradientOf = (value: Value) => gradients.get(value) ?? filled(value.type, 0);
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((result) => gradients.has(result))) continue;
    const operands = [...new Set(node.inputs)];
    const cotangents = pullBack(node, operands, values, node.outputs.map(gradientOf));
    operands
      .filter(({ type }) => isFloat(type.dtype))
      .forEach((operand, i) => {
        gradients.set(operand, sum(gradients.get(operand), cotangents[i]!));
      });
  }
  const floats = [...values.keys()].filter(({ type }) => isFloat(type.dtype));
  return new Map(floats.map((value) => [value, gradientOf(value)]));
}

/** Cotangents of those operands that are floats, given those of the node's results. */
function pullBack(
  node: Node,
  operands: readonly Value[],
  values: ReadonlyMap<Value, NdArray>,
  cotangents: readonly NdArray[],
): NdArray[] {
  const wrt = operands.map(({ type }) => isFloat(type.dtype));
  if (!wrt.includes(true)) return [];
  const graph = vjpGraph(makeGraph(operands, node.outputs), wrt);
  const known = operands.map((operand) => values.get(operand)!);
  return evaluate(graph, [...known, ...cotangents]).slice(node.outputs.length);
}

function sum(a: NdArray | undefined, b: NdArray): NdArray {
  if (!a) return b;
  return { ...a, data: a.data.map((x, i) => x + b.data[i]!) };
}

function filled({ dtype, shape }: TensorType, value: number): NdArray {
  return { dtype, shape, data: allocate(dtype, sizeOf(shape)).fill(value) };
}

function expectInputs(graph: Graph, inputs: readonly NdArray[]): void {
  if (inputs.length !== graph.inputs.length) {
    throw new ArgumentError(
      `edgesOf: expected ${graph.inputs.length} inputs, received ${inputs.length}`,
    );
  }
  graph.inputs.forEach(({ type }, i) => {
    expectArray("edgesOf", `inputs[${i}]`, inputs[i]);
    if (!sameType(type, inputs[i]!)) {
      throw new ArgumentError(
        `edgesOf: input ${i}: expected ${showType(type)}, received ${showType(inputs[i]!)}`,
      );
    }
  });
}

function differentiable(graph: Graph, index: number): Value {
  const output = graph.outputs[index];
  if (!output) {
    throw new ArgumentError(
      `edgesOf: expected an output from 0 to ${graph.outputs.length - 1}, received ${index}`,
    );
  }
  if (!isFloat(output.type.dtype) || sizeOf(output.type.shape) !== 1) {
    throw new GradientError(
      `edgesOf: expected a scalar float output, received ${showType(output.type)}`,
    );
  }
  return output;
}
