// The job `remedies`: what is wrong with the run as it stands, and what of its settings would help.

import type { FindingId, RemedyId } from "neurite/inspect";
import type { Settings } from "../../state/index.ts";

export interface RemediesJob {
  readonly asks: object;
  readonly gives: {
    /** The gravest first. */
    readonly findings: readonly {
      readonly id: FindingId;
      /** The layers that have it. */
      readonly layers: readonly string[];
      /** The likeliest to help first; those that the settings cannot take are left out. */
      readonly remedies: readonly { readonly id: RemedyId; readonly run: Settings["run"] }[];
    }[];
  };
}
