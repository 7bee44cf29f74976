// The job `checkFormula`: whether an expression can be read, before it is used.

import { problemOf } from "../problem-error.ts";
import { rowFunction } from "../row-function.ts";
import type { Job } from "./job.ts";

export const checkFormula: Job<"checkFormula"> = ({ text, names }) => {
  try {
    rowFunction(text, names);
    return { problem: null };
  } catch (error) {
    return { problem: problemOf(error) };
  }
};
