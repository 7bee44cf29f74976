// The job `checkFormula`: whether an expression can be read and computed, before it is used.

import { checkFeature, formulaPoints } from "../data.ts";
import { problemOf } from "../problem-error.ts";
import { rowFunction } from "../row-function.ts";
import type { Job } from "./job.ts";

export const checkFormula: Job<"checkFormula"> = async ({ text, names, source }, live) => {
  try {
    rowFunction(text, names);
    if (source) await formulaPoints({ ...source, text });
    else if (live) await checkFeature(live.data, text);
    return { problem: null };
  } catch (error) {
    return { problem: problemOf(error) };
  }
};
