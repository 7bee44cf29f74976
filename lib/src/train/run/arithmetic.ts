// How a run's epochs were computed, where runtime and processor decide it: written down in its specification.

import { expectArgument, index, instance } from "../../checks/arguments.ts";
import type { ArithmeticSpec } from "../../spec/parts.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import { Model } from "../model/model.ts";

/**
 * A specification with a note of how this runtime computes the epochs from `since` on, counted from 0. What
 * is noted of epochs before that stays; what is noted of later ones goes, as they are computed anew.
 * @throws ArgumentError for what is no specification or no model
 */
export function recordArithmetic(input: RunSpec, model: Model, since: number): RunSpec {
  const { arithmetic = [], ...spec } = parseRunSpec(input);
  expectArgument("recordArithmetic", "model", model, instance("a model", Model));
  expectArgument("recordArithmetic", "since", since, index);
  const before = arithmetic.filter((part) => part.since < since);
  const { fusedMultiplyAdds, vectorBits } = model.instance.engine;
  // An engine that says nothing of it computes in one way everywhere.
  const here =
    fusedMultiplyAdds === undefined || vectorBits === undefined
      ? null
      : { since, fusedMultiplyAdds, vectorBits };
  const last = before.at(-1);
  const isNew = here !== null && !(last && isSame(last, here));
  const all = isNew ? [...before, here] : before;
  return all.length === 0 ? spec : { ...spec, arithmetic: all };
}

function isSame(a: ArithmeticSpec, b: ArithmeticSpec): boolean {
  return a.fusedMultiplyAdds === b.fusedMultiplyAdds && a.vectorBits === b.vectorBits;
}
