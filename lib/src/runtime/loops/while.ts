// whileLoop: a loop as one op, which goes on as long as a condition on what it carries holds.

import { anything, count, expectOptions, func, type Kinds, show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { makeGraph, Value } from "../../ir/graph.ts";
import { prims } from "../interpreter/apply.ts";
import { numbersIn } from "../interpreter/explained.ts";
import { type Traced, traceGraph } from "../interpreter/tracing.ts";
import { Tensor } from "../values/tensor.ts";
import { type Flat, flattenTree, leavesLike } from "../values/tree.ts";
import { cond, expectBoolean } from "./cond.ts";
import { scan } from "./scan.ts";

/** Options of whileLoop(). */
export interface WhileOptions {
  /**
   * End after so many turns even where the condition still holds. The loop is then a scan of this length,
   * whose turns do nothing once the condition fails, and has gradients in reverse mode too; these
   * keep what every turn saves, so the memory they need grows with maxSteps.
   */
  readonly maxSteps?: number;
}

const WHILE: Kinds<WhileOptions> = { maxSteps: count };
const checkWhile = signature<typeof whileLoop>(
  "whileLoop(condition, body, initial, { maxSteps })",
  func,
  func,
  anything,
  anything,
);

/**
 * Applies `body` to the carry as long as `condition(carry)` holds: `while (condition(c)) c = body(c)`.
 * The carry is a tree of tensors whose types stay the same. Both functions are traced once, so they cannot
 * read values. Forward mode passes; reverse mode needs `maxSteps`. Under `vmap` the loop goes on until all
 * examples are done, and those that are keep their carries.
 * @param condition gives one boolean, bool[]
 * @returns the last carry
 * @throws ShapeError, DTypeError where the condition is not one boolean or a carry changes its type;
 * GradientError in reverse mode without maxSteps
 */
export function whileLoop<C>(
  condition: (carry: NoInfer<C>) => Tensor<readonly []>,
  body: (carry: NoInfer<C>) => NoInfer<C>,
  initial: C,
  options: WhileOptions = {},
): C {
  checkWhile(arguments);
  expectOptions("whileLoop", options, WHILE);
  expectTensors(initial);
  if (options.maxSteps !== undefined) return bounded(condition, body, initial, options.maxSteps);
  const carry = flattenTree(initial);
  const test = trace(carry, (before) => [testOf(condition, before as C)]);
  const turn = trace(carry, (before) => nextOf(body, initial, before as C));
  const outer = [...test.captured, ...turn.captured];
  const types = carry.leaves.length;
  const results = prims.whileLoop(...outer, ...carry.leaves, {
    condition: makeGraph(
      [...caught(test, types), ...unread(turn), ...test.graph.inputs.slice(0, types)],
      test.graph.outputs,
    ),
    body: makeGraph(
      [...unread(test), ...caught(turn, types), ...turn.graph.inputs.slice(0, types)],
      turn.graph.outputs,
    ),
    constants: outer.length,
  });
  return carry.rebuild(results) as C;
}

/** What a graph reads from outside, behind its own inputs. */
const caught = ({ graph }: Traced, own: number) => graph.inputs.slice(own);
const unread = ({ captured }: Traced) => captured.map(({ type }) => new Value(type));

function trace(carry: Flat, f: (before: unknown) => readonly Tensor[]): Traced {
  const types = carry.leaves.map(({ type }) => type);
  return traceGraph("whileLoop", types, (tensors) => f(carry.rebuild(tensors)));
}

function testOf<C>(condition: (carry: C) => Tensor, before: C): Tensor {
  const test: unknown = condition(before);
  if (!(test instanceof Tensor)) {
    throw new ArgumentError(
      `whileLoop: expected the condition to return a tensor of one boolean, received ${show(test)}`,
    );
  }
  expectBoolean("whileLoop", "the condition", test);
  return test;
}

function nextOf<C>(body: (carry: C) => C, initial: C, before: C): Tensor[] {
  const after = body(before);
  const written = numbersIn(after);
  if (after === undefined || written !== undefined) {
    throw new ArgumentError(
      `whileLoop: expected the body to return the next carry, received ${show(after)}` +
        `${written === undefined ? "" : `. Write ${written}`}`,
    );
  }
  return leavesLike("whileLoop: the carries before and after a turn", initial, after);
}

/** A scan that carries whether it is still going on. */
function bounded<C>(
  condition: (carry: C) => Tensor,
  body: (carry: C) => C,
  initial: C,
  length: number,
): C {
  const step = ({ carry, goesOn }: { carry: C; goesOn: Tensor }): [typeof before, null] => {
    const next = (c: C) => {
      const after = flattenTree(initial).rebuild(nextOf(body, initial, c)) as C;
      return { carry: after, goesOn: testOf(condition, after) };
    };
    const stay = (c: C) => ({ carry: c, goesOn: goesOn });
    return [cond(goesOn, next, stay, carry), null];
  };
  const before = { carry: initial, goesOn: testOf(condition, initial) };
  return scan(step, before, null, { length })[0].carry;
}

function expectTensors(initial: unknown): void {
  const written = numbersIn(initial);
  if (written === undefined && flattenTree(initial).leaves.length > 0) return;
  throw new ArgumentError(
    `whileLoop: expected initial to hold tensors, received ${show(initial)}` +
      `${written === undefined ? "" : `. Write ${written}`}.`,
  );
}
