import type { RunSpecInput } from "neurite/spec";

/** Parts of runs, by name; which of the generators write them. */
export const RUNS: Readonly<
  Record<string, Partial<RunSpecInput> & { readonly keras?: boolean; readonly torch?: boolean }>
>;
