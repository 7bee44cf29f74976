// scan: a loop as one op, over the first axis of some sequences.

import { ArgumentError, ShapeError } from "../ir/errors.ts";
import { makeGraph } from "../ir/graph.ts";
import { prims } from "./apply.ts";
import type { Tensor } from "./tensor.ts";
import { traceGraph } from "./tracing.ts";
import { type Flat, flattenTree } from "./tree.ts";

export interface ScanOptions {
  /** From the last step to the first. */
  readonly reverse?: boolean;
  /** The number of steps, where there are no sequences to tell it. */
  readonly length?: number;
}

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
  { reverse = false, length }: ScanOptions = {},
): [C, Y] {
  const carry = flattenTree(initial);
  const xs = flattenTree(sequences);
  const steps = stepsOf(xs.leaves, length);
  const slices = xs.leaves.map(({ type: { dtype, shape } }) => ({ dtype, shape: shape.slice(1) }));
  let ys: Flat | undefined;
  const carries = carry.leaves.length;
  const types = [...carry.leaves.map(({ type }) => type), ...slices];
  const { graph, captured } = traceGraph("scan", types, (tensors) => {
    const before = carry.rebuild(tensors.slice(0, carries)) as C;
    const [after, y] = step(before, xs.rebuild(tensors.slice(carries)) as X);
    const next = flattenTree(after);
    if (next.leaves.length !== carries) {
      throw new ArgumentError(
        `scan: the carry enters a step with ${carries} tensors and leaves it with ` +
          `${next.leaves.length}`,
      );
    }
    ys = flattenTree(y);
    return [...next.leaves, ...ys.leaves];
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

function stepsOf(sequences: readonly Tensor[], length: number | undefined): number {
  const lengths = new Set(sequences.map((x) => x.type.shape[0]));
  if (length !== undefined) lengths.add(length);
  const [steps] = lengths;
  if (lengths.size !== 1 || steps === undefined) {
    throw new ShapeError(
      lengths.size === 0
        ? "scan: expected sequences or { length }, received neither"
        : `scan: the sequences differ in length: ${[...lengths].join(" and ")}`,
    );
  }
  return steps;
}
