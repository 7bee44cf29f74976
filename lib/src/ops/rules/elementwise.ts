// What elementwise ops have in common: same type out, one scalar function, batching for free.

import type { Value } from "../../ir/graph.ts";
import type { Builder, OpName, Result } from "../../ir/op-table.ts";
import type { TensorType } from "../../ir/type.ts";
import {
  expectDType,
  expectSame,
  NUMBERS,
  type Op,
  type OpRules,
  type Tangent,
} from "../define.ts";
import { emit } from "../emit.ts";
import { fillZeros } from "../fill.ts";
import { allBatched } from "./batching.ts";

interface ElementwiseSpec<N extends OpName> extends OpRules<N> {
  readonly eval: (...elements: number[]) => number;
  readonly evalInt?: (...elements: number[]) => number;
}

/** An op that computes each element of its result from the elements at the same place. */
export function elementwise<N extends OpName>(spec: ElementwiseSpec<N>): Op<N> {
  const { eval: scalar, evalInt, ...rest } = spec;
  return {
    ...rest,
    meaning: { kind: "scalar", eval: scalar, evalInt },
    batch: (o, inputs, context) => {
      const operands = allBatched(o, inputs, context);
      return emit(o, spec.name, operands, context.params)[0] as Result<N, Value>;
    },
  };
}

/** Type rule: the result has the operands' common type, which must be a number. */
export function numeric(op: string, dtypes: readonly TensorType["dtype"][] = NUMBERS) {
  return (inputs: readonly TensorType[]): TensorType => {
    expectDType(op, inputs[0]!, dtypes);
    expectSame(op, inputs);
    return inputs[0]!;
  };
}

/** Type rule: the operands agree in type, and the result is a bool of their shape. */
export function comparison(op: string) {
  return (inputs: readonly TensorType[]): TensorType => {
    expectSame(op, inputs);
    return { dtype: "bool", shape: inputs[0]!.shape };
  };
}

/** `where` on tangents, either of which may be zero. */
export function choose(o: Builder<Value>, condition: Value, da: Tangent, db: Tangent): Tangent {
  const type = (da ?? db)?.type;
  if (!type) return null;
  return o.where(condition, da ?? fillZeros(o, type), db ?? fillZeros(o, type));
}
