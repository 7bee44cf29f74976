// A fault as the page is told of it.

import type { FirstFault } from "neurite/inspect";
import type { Diagnosis } from "../../protocol/index.ts";

export function diagnosisOf({ step, epoch, what, source }: FirstFault, base: number): Diagnosis {
  return {
    step: base + step,
    epoch,
    what,
    op: source?.op ?? null,
    layer: source?.path ?? null,
    fault: source?.fault ?? null,
  };
}
