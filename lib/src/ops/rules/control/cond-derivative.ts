// The derivative of a choice: one that saves what the branch taken needs, and a linear one that reads it.

import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import type { Builder, CondParams } from "../../../ir/op-table.ts";
import { sameType, type TensorType } from "../../../ir/type.ts";
import type { GraphTransforms, Linearized, Tangent } from "../../define.ts";
import { fillZeros } from "../../fill.ts";
import { residuals } from "../scan/residuals.ts";

/** A branch, linearized, and what its tangents read besides operands. */
interface LinearBranch {
  readonly branch: Graph;
  readonly linear: Linearized;
  readonly saved: readonly Value[];
  /** In which slot each of the saved values leaves. */
  readonly slots: readonly number[];
}

export function linearizeCond(
  o: Builder<Value>,
  [predicate, ...operands]: readonly Value[],
  [, ...tangents]: readonly Tangent[],
  { ifTrue, ifFalse }: CondParams,
  transforms: GraphTransforms,
): { primals: Value[]; tangents: Tangent[] } {
  const wrt = tangents.map((dx) => dx !== null);
  // What one branch saves takes the place of what the other does, wherever the types are alike.
  const types: TensorType[] = [];
  const branches = [ifTrue, ifFalse].map((branch): LinearBranch => {
    const linear = transforms.linearize(branch, wrt);
    const own = new Set(branch.inputs);
    const saved = residuals(branch, linear).filter((value) => !own.has(value));
    return { branch, linear, saved, slots: takeSlots(types, saved) };
  });
  const [yes, no] = branches as [LinearBranch, LinearBranch];

  const results = o.cond(predicate!, ...operands, {
    ifTrue: savingBranch(o, yes, types),
    ifFalse: savingBranch(o, no, types),
  });
  const primals = results.slice(0, ifTrue.outputs.length);
  const slots = results.slice(ifTrue.outputs.length);

  const moves = ifTrue.outputs.map((_, k) =>
    branches.some(({ linear }) => linear.tangents[k] !== null),
  );
  const dResults = o.cond(
    predicate!,
    ...operands,
    ...slots,
    ...tangents.filter((dx) => dx !== null),
    { ifTrue: linearBranch(o, yes, types, moves), ifFalse: linearBranch(o, no, types, moves) },
  );
  let next = 0;
  return { primals, tangents: moves.map((isMoving) => (isMoving ? dResults[next++]! : null)) };
}

/** A slot of its type for each value; new ones are added to the types. */
function takeSlots(types: TensorType[], values: readonly Value[]): number[] {
  const taken = new Set<number>();
  return values.map(({ type }) => {
    let slot = types.findIndex((other, i) => !taken.has(i) && sameType(other, type));
    if (slot < 0) slot = types.push(type) - 1;
    taken.add(slot);
    return slot;
  });
}

/** The branch with its saved values as further results; zeros where it has nothing to save. */
function savingBranch(
  o: Builder<Value>,
  { branch, linear, saved, slots }: LinearBranch,
  types: readonly TensorType[],
): Graph {
  const kept = types.map((type, i) => saved[slots.indexOf(i)] ?? fillZeros(o, type));
  return makeGraph(branch.inputs, [...linear.primals, ...kept]);
}

/** [operands…, slots…, tangents…] to the tangents of those results that have any in either branch. */
function linearBranch(
  o: Builder<Value>,
  { branch, linear, saved, slots }: LinearBranch,
  types: readonly TensorType[],
  moves: readonly boolean[],
): Graph {
  const kept = types.map((type, i) => saved[slots.indexOf(i)] ?? new Value(type));
  const outputs = branch.outputs.flatMap(({ type }, k) =>
    moves[k] ? [linear.tangents[k] ?? fillZeros(o, type)] : [],
  );
  return makeGraph([...branch.inputs, ...kept, ...linear.tangentInputs], outputs);
}

/** Cotangents of the linear operands: the same choice between the branches, each backwards. */
export function transposeCond(
  o: Builder<Value>,
  cotangents: readonly Tangent[],
  [predicate, ...operands]: readonly Value[],
  [, ...linear]: readonly boolean[],
  { ifTrue, ifFalse }: CondParams,
  transforms: GraphTransforms,
): Tangent[] {
  const fixed = operands.filter((_, i) => !linear[i]);
  const given = cotangents.flatMap((ct) => (ct ? [ct] : []));
  const backwards = [ifTrue, ifFalse].map((branch) => {
    const cts = branch.outputs.map(({ type }, k) => (cotangents[k] ? new Value(type) : null));
    const found = transforms.transposeLinear(
      branch.inputs.filter((_, i) => linear[i]),
      branch.outputs,
      cts,
    );
    const inputs = branch.inputs.filter((_, i) => !linear[i]);
    return { inputs: [...inputs, ...cts.flatMap((ct) => (ct ? [ct] : []))], found };
  });
  const linearTypes = operands.flatMap(({ type }, i) => (linear[i] ? [type] : []));
  const reached = linearTypes.map((_, k) => backwards.some(({ found }) => found[k] !== null));
  const [yes, no] = backwards.map(({ inputs, found }) =>
    makeGraph(
      inputs,
      linearTypes.flatMap((type, k) => (reached[k] ? [found[k] ?? fillZeros(o, type)] : [])),
    ),
  );
  const results = o.cond(predicate!, ...fixed, ...given, { ifTrue: yes!, ifFalse: no! });
  let next = 0;
  let at = 0;
  const own = linear.map((isLinear) => {
    if (!isLinear) return null;
    return reached[at++] ? results[next++]! : null;
  });
  return [null, ...own];
}
