// A choice between two graphs by a value that is known only when the program runs: one of them is carried out.

import { ShapeError } from "../../../checks/errors.ts";
import type { Graph, Value } from "../../../ir/graph.ts";
import type { Builder, CondParams } from "../../../ir/op-table.ts";
import { sameType, showType, type TensorType } from "../../../ir/type.ts";
import type { GraphTransforms, Op } from "../../define.ts";
import { inline } from "../../inline.ts";
import { linearizeCond, transposeCond } from "./cond-derivative.ts";
import { chooseRows } from "./rows.ts";

/**
 * Operands [predicate, operands…], where the predicate is one boolean; each branch maps the operands to
 * the results. Only the branch that the predicate chooses is run.
 */
export const cond: Op<"cond"> = {
  name: "cond",
  many: true,
  type: ([predicate, ...operands], { ifTrue, ifFalse }) => {
    const scalar = { dtype: "bool", shape: [] } as const;
    if (!predicate || !sameType(predicate, scalar)) {
      throw new ShapeError(
        `cond: the predicate: expected ${showType(scalar)}, ` +
          `received ${predicate ? showType(predicate) : "nothing"}`,
      );
    }
    const results = typesOf(ifTrue.outputs);
    expectTypes("operand", typesOf(ifTrue.inputs), operands);
    expectTypes("operand of the false branch", typesOf(ifFalse.inputs), operands);
    expectTypes("result of the false branch", results, typesOf(ifFalse.outputs));
    return results;
  },
  jvp: (o, inputs, tangents, { params, transforms }) =>
    linearizeCond(o, inputs, tangents, params, transforms),
  transpose: (o, cotangents, inputs, { params, linear, transforms }) =>
    transposeCond(o, cotangents, inputs, linear, params, transforms),
  batch: (o, inputs, { params, batched, size, transforms }) =>
    batchCond(o, inputs, params, batched, size, transforms),
  meaning: {
    kind: "array",
    eval: ([predicate, ...operands], outputs, { params, run }) => {
      const taken = predicate!.data[0] ? params.ifTrue : params.ifFalse;
      run(taken, operands).forEach((result, i) => outputs[i]!.data.set(result.data));
    },
  },
  samples: () => [], // needs graphs: see cond.test.ts
};

const typesOf = (values: readonly Value[]) => values.map(({ type }) => type);

/** @throws ShapeError unless the types are the expected ones */
function expectTypes(
  what: string,
  expected: readonly TensorType[],
  received: readonly TensorType[],
): void {
  if (expected.length !== received.length) {
    throw new ShapeError(`cond: expected ${expected.length} ${what}s, received ${received.length}`);
  }
  expected.forEach((type, i) => {
    if (sameType(type, received[i]!)) return;
    throw new ShapeError(
      `cond: ${what} ${i}: expected ${showType(type)}, received ${showType(received[i]!)}`,
    );
  });
}

/** One predicate for all examples stays a choice; one for each runs both branches, and picks. */
function batchCond(
  o: Builder<Value>,
  [predicate, ...operands]: readonly Value[],
  { ifTrue, ifFalse }: CondParams,
  [isMany, ...flags]: readonly boolean[],
  size: number,
  transforms: GraphTransforms,
): Value[] {
  const batched = (branch: Graph) => transforms.batch(branch, flags, size);
  const branches = { ifTrue: batched(ifTrue), ifFalse: batched(ifFalse) };
  if (!isMany) return o.cond(predicate!, ...operands, branches);
  const yes = inline(o, branches.ifTrue, operands);
  const no = inline(o, branches.ifFalse, operands);
  return yes.map((y, i) => chooseRows(o, predicate!, y, no[i]!));
}
