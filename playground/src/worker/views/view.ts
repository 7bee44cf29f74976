// What a view is to the worker.

import type { ViewKinds, ViewName } from "../../protocol/index.ts";
import type { Inside } from "../../state/index.ts";
import type { Judgement } from "../run/judgement.ts";
import type { LiveRun } from "../run/live-run.ts";

/** What is known beside the run. */
export interface ViewState {
  /** Where one stands inside of the next step; null between steps. */
  readonly inside: Inside | null;
  /** What the network answers to all examples in this state, whoever asks first. */
  readonly judgement: () => Promise<Judgement>;
}

/** Computes what a view shows from the run as it is now. Its arrays are handed to the page: make them anew. */
export type View<K extends ViewName> = (
  live: LiveRun,
  asks: ViewKinds[K]["asks"],
  state: ViewState,
) => ViewKinds[K]["gives"] | Promise<ViewKinds[K]["gives"]>;
