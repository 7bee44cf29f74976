// Folding: what depends on nothing but constants is computed here, once, as every engine would do it.

import { allocate, isFloat } from "../../ir/dtype.ts";
import type { Node, Value } from "../../ir/graph.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
import { convert } from "../../ops/arithmetic/convert.ts";
import type { NdArray } from "../../ops/define.ts";
import { opOf } from "../../ops/table.ts";
import { traitsOf } from "../../ops/traits.ts";
import {
  canonicalFill,
  MOST_ELEMENTS,
  type Rule,
  type RuleContext,
  uniformNumber,
} from "./context.ts";

export const foldConstants: Rule = (context, node) => {
  const { inputs } = node;
  if (inputs.length === 0) return null;
  const isMovement = traitsOf(node.op).moves || node.op === "pad";
  if (!isMovement && !traitsOf(node.op).exact) return null;
  const { type } = node.outputs[0];
  const number = uniformResult(context, node);
  if (number !== null)
    return isFilled(context, node) ? null : canonicalFill(context.o, type, number);
  // Copies of a constant are cheaper to make than to keep.
  if (node.op === "expand" || sizeOf(type.shape) > MOST_ELEMENTS) return null;
  const arrays: NdArray[] = [];
  for (const input of inputs) {
    const array = arrayOf(context, input);
    if (!array) return null;
    arrays.push(array);
  }
  return context.o.constant(evaluate(node, arrays, type));
};

/** True for the form that `fill` builds. */
function isFilled(context: RuleContext, { op, inputs }: Node): boolean {
  const source = op === "expand" && context.made(inputs[0]!, "constant");
  return source !== false && source?.params.data.length === 1;
}

/** The number in every element of the result, if each operand is a number in every element. */
function uniformResult(context: RuleContext, node: Node): number | null {
  const numbers: number[] = [];
  for (const input of node.inputs) {
    const number = uniformNumber(context, input);
    if (number === null) return null;
    numbers.push(number);
  }
  const [first] = numbers as [number];
  if (traitsOf(node.op).moves) return numbers.every((x) => Object.is(x, first)) ? first : null;
  if (node.op === "pad") return Object.is(first, 0) ? first : null;
  const scalars = node.inputs.map(({ type: { dtype } }, i): NdArray => {
    const data = allocate(dtype, 1);
    data[0] = numbers[i]!;
    return { dtype, shape: [], data };
  });
  const { dtype } = node.outputs[0]!.type;
  return evaluate(node, scalars, { dtype, shape: [] }).data[0]!;
}

/** The elements of a constant, a spread one or a count, unless they are many. */
function arrayOf(context: RuleContext, value: Value): NdArray | null {
  const constant = context.made(value, "constant");
  if (constant) return constant.params;
  if (sizeOf(value.type.shape) > MOST_ELEMENTS) return null;
  const count = context.made(value, "iota");
  if (count) return evaluate(count, [], value.type);
  const spread = context.made(value, "expand");
  const source = spread && context.made(spread.inputs[0], "constant");
  return source && evaluate(spread, [source.params], value.type);
}

/** One op by its own definition. */
function evaluate(node: Node, operands: readonly NdArray[], type: TensorType): NdArray {
  if (node.op === "cast") {
    const [{ data, dtype }] = operands as [NdArray];
    return { ...type, data: convert(data, dtype, type.dtype) };
  }
  const { meaning } = opOf(node.op);
  const result = { ...type, data: allocate(type.dtype, sizeOf(type.shape)) };
  if (meaning.kind === "array") {
    meaning.eval(operands as never, [result], { params: node.params as never, run: noGraphs });
    return result;
  }
  const f = (!isFloat(type.dtype) && meaning.evalInt) || meaning.eval;
  for (let i = 0; i < result.data.length; i++) {
    result.data[i] = f(...operands.map(({ data }) => data[i]!));
  }
  return result;
}

function noGraphs(): never {
  throw new Error("simplify: ops with graphs inside are not folded");
}
