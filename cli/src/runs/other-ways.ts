// What to say where a run goes on, or is done again, and perhaps is computed otherwise than it was.

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

/** How to get a run's very numbers by the program that is printed of it, as lines of comment. */
export function bitsNote(spec: RunSpec, model: Model, flags: readonly string[]): string[] {
  if (spec.engine !== "wasm") return [];
  const but = whyOtherBits(spec, model);
  const bits = but === null ? ": to the last bit, and" : `, but ${but}. It trains`;
  if (flags.length === 0) return but === null ? [] : [`Trains the same network, but ${but}.`];
  return [
    `Trains the same network${bits} as fast, under the flags that neurite sets.`,
    `On Node ${process.versions.node}, with this in program.mjs:`,
    `node ${flags.map((flag) => `--${flag}`).join(" ")} program.mjs`,
  ];
}

/** Why no flags give the run's last digits here, or null where some do. */
function whyOtherBits({ arithmetic = [], dtype }: RunSpec, model: Model): string | null {
  const ways = new Set(arithmetic.map((part) => part.fusedMultiplyAdds));
  if (dtype === "float64") return null;
  if (ways.size > 1) {
    return "with other last digits: some epochs of the run rounded multiply-adds once, others twice";
  }
  if (ways.has(true) && !model.instance.engine.fusedMultiplyAdds) {
    return "with other last digits: the run rounded multiply-adds once, this processor rounds them twice";
  }
  return null;
}

const times = ({ fusedMultiplyAdds }: Part) => (fusedMultiplyAdds ? "once" : "twice");
