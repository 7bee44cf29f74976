// The reference engine's loops over elements, for ops whose meaning is a function of scalars.

import { type DataArray, isFloat } from "../../ir/dtype.ts";
import type { OpName } from "../../ir/op-table.ts";
import type { NdArray, ScalarMeaning } from "../../ops/define.ts";

/** Fills `result`, element by element, by the op's own `eval`. */
export function loop(
  op: OpName,
  meaning: ScalarMeaning,
  operands: readonly NdArray[],
  result: NdArray,
): void {
  const floats = isFloat(result.dtype);
  const f = meaning.evalInt && !floats ? meaning.evalInt : meaning.eval;
  const out: DataArray = result.data;
  const a = operands[0]!.data;
  const b = operands[1]?.data;
  const c = operands[2]?.data;
  const arithmetic = floats ? ARITHMETIC[op] : undefined;
  if (arithmetic) arithmetic(a!, b!, out);
  else if (c) for (let i = 0; i < out.length; i++) out[i] = f(a![i]!, b![i]!, c[i]!);
  else if (b) for (let i = 0; i < out.length; i++) out[i] = f(a![i]!, b[i]!);
  else for (let i = 0; i < out.length; i++) out[i] = f(a![i]!);
}

type Loop = (a: DataArray, b: DataArray, out: DataArray) => void;

/**
 * Arithmetic of floats written out: V8 cannot inline an `eval` that changes from node to node, and a
 * call for each element costs ten times the sum. evaluate.test.ts holds these to the ops' own `eval`.
 */
const ARITHMETIC: { readonly [Name in OpName]?: Loop } = {
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
