// The job `openCheckpoint`: run and weights out of a file of `neurite train --out`, or of a page's own.

import { decodeCheckpoint } from "neurite/train";
import { ProblemError } from "../problem-error.ts";
import type { Job } from "./job.ts";

const PARAMETERS = "params/";

export const openCheckpoint: Job<"openCheckpoint"> = ({ bytes }) => {
  const { spec, variables } = decoded(bytes);
  if (!spec) {
    throw new ProblemError({ code: "fileRefused", data: { detail: null } });
  }
  const weights: Record<string, Float32Array | Float64Array> = {};
  for (const [name, { data }] of variables) {
    const isFloat = data instanceof Float32Array || data instanceof Float64Array;
    if (name.startsWith(PARAMETERS) && isFloat) weights[name.slice(PARAMETERS.length)] = data;
  }
  return { run: spec, weights };
};

function decoded(bytes: Uint8Array) {
  try {
    return decodeCheckpoint(bytes);
  } catch (error) {
    throw new ProblemError({ code: "fileRefused", data: { detail: (error as Error).message } });
  }
}
