// The job `checkFormula`: whether an expression can be read, before it is used.

import type { Problem } from "../../state/index.ts";

export interface CheckFormulaJob {
  /** `names` are the inputs that it may have. */
  readonly asks: { readonly text: string; readonly names: readonly string[] };
  /** Null where it can be read. */
  readonly gives: { readonly problem: Problem | null };
}
