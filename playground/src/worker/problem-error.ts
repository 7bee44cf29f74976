// Errors that the page words itself.

import { ArgumentError, NeuriteError } from "neurite/timeline";
import type { Problem } from "../protocol/index.ts";

/** Carries a code and its data to the page. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** What to tell the page of anything that was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof ArgumentError && error.unknown) {
    const { what, name, meant = null } = error.unknown;
    return { code: "unknownName", data: { what, name, meant } };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { code: error instanceof NeuriteError ? "refused" : "unknown", data: { detail } };
}
