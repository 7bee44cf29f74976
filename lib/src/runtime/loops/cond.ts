// cond: one of two functions, by a boolean that is known only when the program runs.

import { anything, func, show, worded } from "../../checks/arguments.ts";
import { ArgumentError, DTypeError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { makeGraph, Value } from "../../ir/graph.ts";
import { showType } from "../../ir/type.ts";
import { prims } from "../interpreter/apply.ts";
import { numbersIn } from "../interpreter/explained.ts";
import { type Traced, traceGraph } from "../interpreter/tracing.ts";
import { tensorKind } from "../values/kinds.ts";
import type { Tensor } from "../values/tensor.ts";
import { type Flat, flattenTree, leavesLike } from "../values/tree.ts";

const predicateKind = worded("a tensor of one boolean", tensorKind, (x) =>
  typeof x === "boolean" ? "Choose with if, or write tensor(true) or tensor(false)" : undefined,
);
const checkCond = signature<typeof cond>(
  "cond(predicate, ifTrue, ifFalse, ...operands)",
  predicateKind,
  func,
  func,
  anything,
);

/**
 * `ifTrue(...operands)` where the predicate holds, `ifFalse(...operands)` where it does not; only that one is
 * run. Both are traced, so they cannot read values; they may use tensors from outside. Derivatives are
 * those of the branch taken. Under `vmap` with a predicate for each example both branches run, and each
 * example gets its own.
 * @param predicate one boolean, bool[]
 * @param operands trees of tensors
 * @returns what the branches return: trees of tensors, alike in structure and types
 * @throws ShapeError, DTypeError where the predicate is not one boolean or the branches' results differ
 */
export function cond<A extends readonly unknown[], Y>(
  predicate: Tensor<readonly []>,
  ifTrue: (...operands: A) => Y,
  ifFalse: (...operands: A) => NoInfer<Y>,
  ...operands: A
): Y {
  checkCond(arguments);
  expectBoolean("cond", "the predicate", predicate);
  const flat = flattenTree(operands);
  const [yes, no] = [ifTrue, ifFalse].map((f) => traceBranch(f, flat)) as [Branch, Branch];
  const result = yes.outcome.rebuild(yes.outcome.leaves);
  const count = flat.leaves.length;
  const own = ({ graph }: Traced) => graph.inputs.slice(0, count);
  const caught = ({ graph }: Traced) => graph.inputs.slice(count);
  const others = ({ captured }: Traced) => captured.map(({ type }) => new Value(type));
  const like = leavesLike(
    "cond: the results of the branches",
    result,
    no.outcome.rebuild(no.outcome.leaves),
  );
  // Records may name their tensors in another order.
  const order = like.map((leaf) => no.outcome.leaves.indexOf(leaf));
  const results = prims.cond(
    predicate,
    ...flat.leaves,
    ...yes.traced.captured,
    ...no.traced.captured,
    {
      ifTrue: makeGraph(
        [...own(yes.traced), ...caught(yes.traced), ...others(no.traced)],
        yes.traced.graph.outputs,
      ),
      ifFalse: makeGraph(
        [...own(no.traced), ...others(yes.traced), ...caught(no.traced)],
        order.map((i) => no.traced.graph.outputs[i]!),
      ),
    },
  );
  return yes.outcome.rebuild(results) as Y;
}

interface Branch {
  readonly traced: Traced;
  readonly outcome: Flat;
}

function traceBranch(f: (...operands: never[]) => unknown, operands: Flat): Branch {
  let outcome: Flat | undefined;
  const types = operands.leaves.map(({ type }) => type);
  const traced = traceGraph("cond", types, (tensors) => {
    const given = f(...(operands.rebuild(tensors) as never[]));
    outcome = flattenTree(given);
    const written = numbersIn(given);
    if (outcome.leaves.length === 0 || written !== undefined) {
      throw new ArgumentError(
        `cond: expected the branches to return tensors, received ${show(given)}` +
          `${written === undefined ? "" : `. Write ${written}`}`,
      );
    }
    return outcome.leaves;
  });
  return { traced, outcome: outcome! };
}

/** @throws DTypeError, ShapeError unless the tensor is one boolean */
export function expectBoolean(where: string, what: string, { type }: Tensor): void {
  if (type.dtype !== "bool") {
    throw new DTypeError(
      `${where}: expected ${what} to be bool[], received ${showType(type)}. ` +
        "Compare it with a number, as in x.greater(0).",
    );
  }
  if (type.shape.length === 0) return;
  throw new ShapeError(
    `${where}: expected ${what} to be one boolean, bool[], received ${showType(type)}. ` +
      "Take all() or any() of it, or choose element by element with where().",
  );
}
