// What an op of a walk gives, and which numbers a step has changed the most.

import type { WalkedExample } from "../../../protocol/index.ts";
import type { WalkOp } from "../../../state/index.ts";

/** The numbers of one op; of a gradient dC/dw row by row. */
export function opValues(
  { layers, loss }: Pick<WalkedExample, "layers" | "loss">,
  { kind, layer }: WalkOp,
): readonly number[] {
  const { z, a, delta, dw } = layers[layer]!;
  const values = { netInput: z, activation: a, loss: [loss], errorTerm: delta, gradient: dw };
  return values[kind];
}

export interface Change {
  /** As in "dense1/w". */
  readonly name: string;
  readonly index: number;
  readonly before: number;
  readonly after: number;
}

type Numbers = Readonly<Record<string, ArrayLike<number>>>;

/** The numbers that differ, the largest change first. */
export function changesOf(before: Numbers, after: Numbers): Change[] {
  const changes = Object.entries(after).flatMap(([name, numbers]) =>
    Array.from(numbers, (value, index) => ({
      name,
      index,
      before: before[name]?.[index] ?? Number.NaN,
      after: value,
    })),
  );
  const size = (change: Change) => Math.abs(change.after - change.before);
  return changes.filter((change) => size(change) > 0).sort((a, b) => size(b) - size(a));
}
