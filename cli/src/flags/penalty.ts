// The flags of the penalty on the weights: L1 or L2, and whose lambda it is.

import { unknownName } from "neurite/ir";
import type { RunSpecInput } from "neurite/train";
import { UsageError } from "../terminal/failures.ts";
import type { RunFlags } from "./flags.ts";

/** By what lambda is divided, as the books and programs write it. */
const CONVENTIONS = ["keras", "network2", "network3", "nndl", "playground"] as const;

/** @throws UsageError for two penalties, and for a convention of none */
export function changePenalty(
  { regularizer }: RunSpecInput,
  { l1, l2, penaltyConvention }: RunFlags,
): Pick<RunSpecInput, "regularizer"> {
  if (l1 !== undefined && l2 !== undefined) {
    throw new UsageError("--l1, --l2: expected one penalty, received both");
  }
  const convention = CONVENTIONS.find((known) => known === penaltyConvention);
  if (penaltyConvention !== undefined && !convention) {
    const { message } = unknownName("convention", penaltyConvention, CONVENTIONS);
    throw new UsageError(`--penalty-convention: ${message}`);
  }
  const lambda = l1 ?? l2;
  if (lambda !== undefined) {
    const kind = l1 === undefined ? "l2" : "l1";
    return { regularizer: { kind, lambda, convention: convention ?? "keras" } };
  }
  if (!convention) return {};
  if (regularizer) return { regularizer: { ...regularizer, convention } };
  throw new UsageError("--penalty-convention: expected a penalty, as in --l2 5");
}
