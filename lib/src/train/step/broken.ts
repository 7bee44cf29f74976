// Variables that steps made infinite or NaN.

import { allFinite } from "../../ir/all-finite.ts";
import { isFloat } from "../../ir/dtype.ts";
import type { State } from "../../runtime/state/state.ts";
import type { Snapshot } from "../callbacks/index.ts";

/** The first variable that held finite numbers before and does no longer, or null. */
export function firstBroken(state: State, before: Snapshot): string | null {
  for (const [name, variable] of state.variables) {
    if (!isFloat(variable.dtype) || allFinite(variable.storage.read())) continue;
    const old = before.get(name);
    if (old === undefined || allFinite(old)) return variable.name ?? name;
  }
  return null;
}
