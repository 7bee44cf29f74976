// The reference engine's heart: one node at a time, straight from the ops' own definitions.

import { allocate, type DataArray, isFloat } from "../../ir/dtype.ts";
import type { Graph, Node, Value } from "../../ir/graph.ts";
import type { OpName } from "../../ir/op-table.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { NdArray, ScalarMeaning } from "../../ops/define.ts";
import { opOf } from "../../ops/table.ts";
import { convert } from "./store.ts";

/** Evaluates every node in order; `watch`, if given, sees each result as it comes. */
export function evaluate(
  graph: Graph,
  inputs: readonly NdArray[],
  watch?: (value: Value, result: NdArray) => void,
): NdArray[] {
  const known = new Map<Value, NdArray>();
  const keep = (value: Value, result: NdArray) => {
    known.set(value, result);
    watch?.(value, result);
  };
  graph.inputs.forEach((input, i) => keep(input, inputs[i]!));
  for (const node of graph.nodes) {
    const operands = node.inputs.map((input) => known.get(input)!);
    const results = evaluateNode(node, operands);
    node.outputs.forEach((output, i) => keep(output, results[i]!));
  }
  return graph.outputs.map((output) => known.get(output)!);
}

function evaluateNode(node: Node, operands: readonly NdArray[]): NdArray[] {
  if (node.op === "cast") {
    const [{ data, dtype, shape }] = operands as [NdArray];
    const to = node.outputs[0]!.type.dtype;
    return [{ dtype: to, shape, data: convert(data, dtype, to) }];
  }
  const { meaning } = opOf(node.op);
  const results = node.outputs.map(({ type: { dtype, shape } }) => {
    return { dtype, shape, data: allocate(dtype, sizeOf(shape)) };
  });
  const [result] = results;
  if (node.op === "expand" && operands[0]!.data.length === 1) {
    result!.data.fill(operands[0]!.data[0]!);
  } else if (meaning.kind === "scalar") {
    const written = isFloat(result!.dtype) ? WRITTEN_OUT[node.op] : undefined;
    if (written) written(operands[0]!.data, operands[1]!.data, result!.data);
    else loop(meaning, operands, result!);
  } else {
    meaning.eval(operands as never, results, { params: node.params as never, run: evaluate });
  }
  return results;
}

function loop(meaning: ScalarMeaning, operands: readonly NdArray[], result: NdArray): void {
  const f = meaning.evalInt && !isFloat(result.dtype) ? meaning.evalInt : meaning.eval;
  const out: DataArray = result.data;
  const [a, b, c] = operands.map((operand) => operand.data);
  if (c) loop3(f, a!, b!, c, out);
  else if (!b) loop1(f, a!, out);
  else if (isFloat32(a!) && isFloat32(b) && isFloat32(out)) loop2Float32(f, a, b, out);
  else loop2(f, a!, b, out);
}

type ScalarFunction = ScalarMeaning["eval"];

function loop1(f: ScalarFunction, a: DataArray, out: DataArray): void {
  for (let i = 0; i < out.length; i++) out[i] = f(a[i]!);
}

function loop2(f: ScalarFunction, a: DataArray, b: DataArray, out: DataArray): void {
  for (let i = 0; i < out.length; i++) out[i] = f(a[i]!, b[i]!);
}

/** As loop2. A loop that only ever sees one kind of array runs twice as fast, and most are these. */
function loop2Float32(
  f: ScalarFunction,
  a: Float32Array,
  b: Float32Array,
  out: Float32Array,
): void {
  for (let i = 0; i < out.length; i++) out[i] = f(a[i]!, b[i]!);
}

function loop3(f: ScalarFunction, a: DataArray, b: DataArray, c: DataArray, out: DataArray): void {
  for (let i = 0; i < out.length; i++) out[i] = f(a[i]!, b[i]!, c[i]!);
}

function isFloat32(data: DataArray): data is Float32Array {
  return data instanceof Float32Array;
}

type Loop = (a: DataArray, b: DataArray, out: DataArray) => void;

/**
 * Arithmetic of floats, as `loop` would do it: V8 cannot inline an `eval` that changes from node to
 * node, and a call for each element costs ten times the sum. evaluate.test.ts holds the two together.
 */
const WRITTEN_OUT: { readonly [Name in OpName]?: Loop } = {
  add: (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = a[i]! + b[i]!;
  },
  sub: (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
  },
  mul: (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = a[i]! * b[i]!;
  },
  div: (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = a[i]! / b[i]!;
  },
};
