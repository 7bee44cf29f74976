// What to say where a run goes on, or is done again, on a runtime that computes otherwise.

import { type Model, type RunSpec, recordArithmetic } from "neurite/train";

type Part = NonNullable<RunSpec["arithmetic"]>[number];

/**
 * A sentence on what computes otherwise here than it is noted in the specification, or null.
 * @param what whose epochs those were, as "runs/mnist"
 * @param done how many epochs are kept
 */
export function otherWay(what: string, spec: RunSpec, model: Model, done: number): string | null {
  const before = spec.arithmetic?.at(-1);
  const { arithmetic: _, ...bare } = spec;
  const here = recordArithmetic(bare, model, done).arithmetic?.[0];
  if (!before || !here) return null;
  if (before.fusedMultiplyAdds !== here.fusedMultiplyAdds && spec.dtype === "float32") {
    return (
      `${what} was computed with multiply-adds that round ${times(before)}, and here they round ${times(here)}: ` +
      "last digits will differ."
    );
  }
  if (before.vectorBits === here.vectorBits) return null;
  return (
    `${what} was computed with vectors of ${before.vectorBits} bits, and here they have ${here.vectorBits}: ` +
    `the same numbers, ${before.vectorBits < here.vectorBits ? "faster" : "more slowly"}.`
  );
}

const times = ({ fusedMultiplyAdds }: Part) => (fusedMultiplyAdds ? "once" : "twice");
