// What a ledger has told of each trial so far.

import type { SearchTrial } from "neurite/train/search";
import { CliError } from "../terminal/failures.ts";
import type { AskEvent, DoneEvent, FailedEvent, TrialEvent } from "./ledger.ts";

/** A trial as strategies see it, with what people are told of it. */
export interface ToldTrial extends SearchTrial {
  /** The last asking. */
  readonly ask: AskEvent;
  /** The last result, if there is one. */
  readonly done: DoneEvent | null;
  readonly failed: FailedEvent | null;
  /** How often its process has ended under it. */
  readonly lost: number;
  /** That it took in all, rung by rung. */
  readonly seconds: number;
}

/** The trials, with one more event. @throws CliError for an event out of order */
export function withEvent(trials: readonly ToldTrial[], event: TrialEvent): readonly ToldTrial[] {
  const { trial: id } = event;
  const before = trials[id];
  if (event.event === "ask") {
    if (id > trials.length) throw outOfOrder(id);
    const { values, epochs, train } = event;
    const state = "asked" as const;
    const kept = before ?? { results: [], done: null, failed: null, lost: 0, seconds: 0 };
    const next: ToldTrial = { ...kept, id, values, epochs, train, state, ask: event };
    return before ? trials.with(id, next) : [...trials, next];
  }
  if (!before) throw outOfOrder(id);
  if (event.event === "lost") return trials.with(id, { ...before, lost: before.lost + 1 });
  if (event.event === "failed")
    return trials.with(id, { ...before, state: "failed", failed: event });
  const { epochs, score, loss, losses } = event;
  const seconds = before.seconds + event.seconds;
  const results = [...before.results, { epochs, score, loss, losses }];
  return trials.with(id, { ...before, state: "done", done: event, results, seconds });
}

function outOfOrder(id: number): CliError {
  return new CliError(`the ledger speaks of trial ${id} before it was asked for`);
}

/** A trial's number as folders and tables have it. */
export function trialName(id: number): string {
  return String(id).padStart(3, "0");
}
