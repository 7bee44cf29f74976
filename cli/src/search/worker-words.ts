// What a search and the processes of its trials say to each other.

import type { DoneEvent, FailedEvent } from "./ledger.ts";

/** What a worker says. */
export type WorkerWord =
  | { readonly says: "epoch"; readonly trial: number; readonly epoch: number }
  | { readonly says: "result"; readonly event: DoneEvent | FailedEvent }
  /** No fault of the trial: the search cannot go on. */
  | { readonly says: "broken"; readonly message: string };

/** Sent in the place of a trial: there are no more. */
export const END = "end";
