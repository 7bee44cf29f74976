// What a view is to the worker.

import type { ViewKinds, ViewName } from "../../protocol/index.ts";
import type { Inside } from "../../state/index.ts";
import type { LiveRun } from "../run/live-run.ts";

/** Computes what a view shows from the run as it is now. Its arrays are handed to the page: make them anew. */
export type View<K extends ViewName> = (
  live: LiveRun,
  asks: ViewKinds[K]["asks"],
  /** Where one stands inside of the next step; null between steps. */
  inside: Inside | null,
) => ViewKinds[K]["gives"] | Promise<ViewKinds[K]["gives"]>;
