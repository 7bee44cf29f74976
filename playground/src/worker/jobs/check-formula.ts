// The job `checkFormula`: whether an expression can be read, before it is used.

import { functionOf } from "../data.ts";
import { problemOf } from "../problem-error.ts";
import type { Job } from "./job.ts";

export const checkFormula: Job<"checkFormula"> = ({ text, names }) => {
  try {
    functionOf(text, names);
    return { problem: null };
  } catch (error) {
    return { problem: problemOf(error) };
  }
};
