// The job `checkFormula`: whether an expression can be read and computed, before it is used.

import type { DataSource, Problem } from "../../state/index.ts";

export interface CheckFormulaJob {
  readonly asks: {
    readonly text: string;
    /** The inputs that it may have. */
    readonly names: readonly string[];
    /** The examples whose targets it is to give; without it, it is a feature of the examples of the run. */
    readonly source?: Extract<DataSource, { readonly kind: "formula" }>;
  };
  /** Null where it can be read, and gives a finite number for each example. */
  readonly gives: { readonly problem: Problem | null };
}
