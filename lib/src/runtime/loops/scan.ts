// scan: a loop as one op, over the first axis of some sequences.

import {
  anything,
  expectOptions,
  flag,
  func,
  index,
  type Kinds,
  show,
} from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { makeGraph } from "../../ir/graph.ts";
import { showType } from "../../ir/type.ts";
import { prims } from "../interpreter/apply.ts";
import { numbersIn } from "../interpreter/explained.ts";
import { traceGraph } from "../interpreter/tracing.ts";
import type { Tensor } from "../values/tensor.ts";
import { type Flat, flattenTree, leavesLike } from "../values/tree.ts";

/** Options of scan(). */
export interface ScanOptions {
  /** From the last step to the first. */
  readonly reverse?: boolean;
  /** The number of steps, where there are no sequences to tell it. */
  readonly length?: number;
}

const SCAN: Kinds<ScanOptions> = { reverse: flag, length: index };
const checkScan = signature<typeof scan>(
  "scan(step, initial, sequences, { reverse, length })",
  func,
  anything,
  anything,
  anything,
);

/**
 * Applies `step(carry, x)` -> [carry, y] to each slice of the sequences in turn.
 * Carry, x and y are trees of tensors. The step is traced once, so it cannot read values.
 * @param sequences a tree of tensors with the steps as first axis, or null
 * @returns [the last carry, the ys stacked along a new first axis]
 */
export function scan<C, X, Y>(
  step: (carry: C, x: X) => [C, Y],
  initial: C,
  sequences: X,
  options: ScanOptions = {},
): [C, Y] {
  checkScan(arguments);
  expectOptions("scan", options, SCAN);
  const { reverse = false, length } = options;
  expectNoNumbers("initial", initial);
  expectNoNumbers("sequences", sequences);
  const carry = flattenTree(initial);
  const xs = flattenTree(sequences);
  const steps = stepsOf(xs.leaves, length);
  const slices = xs.leaves.map(({ type: { dtype, shape } }) => ({ dtype, shape: shape.slice(1) }));
  let ys: Flat | undefined;
  const carries = carry.leaves.length;
  const types = [...carry.leaves.map(({ type }) => type), ...slices];
  const { graph, captured } = traceGraph("scan", types, (tensors) => {
    const before = carry.rebuild(tensors.slice(0, carries)) as C;
    const results: unknown = step(before, xs.rebuild(tensors.slice(carries)) as X);
    if (!Array.isArray(results) || results.length !== 2) {
      throw new ArgumentError("scan: expected the step to return [carry, y]");
    }
    const count = flattenTree(results[0]).leaves.length;
    if (count !== carries) {
      throw new ArgumentError(
        `scan: the carry enters a step with ${carries} tensors and leaves it with ${count}`,
      );
    }
    const next = leavesLike("scan: the carries before and after a step", initial, results[0]);
    ys = flattenTree(results[1]);
    return [...next, ...ys.leaves];
  });
  // The op takes what was captured first: it is the same at every step.
  const own = graph.inputs.slice(0, types.length);
  const body = makeGraph([...graph.inputs.slice(types.length), ...own], graph.outputs);
  const results = prims.scan(...captured, ...carry.leaves, ...xs.leaves, {
    body,
    constants: captured.length,
    carries,
    length: steps,
    reverse,
  });
  return [carry.rebuild(results.slice(0, carries)) as C, ys!.rebuild(results.slice(carries)) as Y];
}

/** Numbers would stay as they are at every step. */
function expectNoNumbers(name: string, tree: unknown): void {
  const written = numbersIn(tree);
  if (written === undefined) return;
  throw new ArgumentError(
    `scan: expected ${name} to hold tensors, received ${show(tree)}. Write ${written}.`,
  );
}

function stepsOf(sequences: readonly Tensor[], length: number | undefined): number {
  const scalar = sequences.find((x) => x.rank === 0);
  if (scalar) {
    throw new ShapeError(
      `scan: a sequence needs a first axis for the steps, received ${showType(scalar.type)}`,
    );
  }
  const lengths = new Set(sequences.map((x) => x.type.shape[0]!));
  if (length !== undefined) lengths.add(length);
  const [steps] = lengths;
  if (steps === undefined) {
    throw new ArgumentError("scan: expected sequences or { length }, received neither");
  }
  if (lengths.size > 1) {
    throw new ShapeError(`scan: the sequences differ in length: ${[...lengths].join(" and ")}`);
  }
  return steps;
}
