// Views by name: each is computed from the run as it is now, and only when it is asked for.

import type { ViewName, ViewRequest, ViewResult } from "../../protocol/index.ts";
import type { LiveRun } from "../run/live-run.ts";
import { parameters } from "./parameters.ts";
import { plane } from "./plane.ts";
import { scores } from "./scores.ts";
import type { View, ViewState } from "./view.ts";

/** A view that has no row is a compile error. */
const VIEWS: { readonly [K in ViewName]: View<K> } = {
  plane,
  parameters,
  scores,
  // Those that the network page does not open with are chunks of their own, loaded when they are first asked for.
  walk: async (...asked) => (await import("./walk.ts")).walk(...asked),
  example: async (...asked) => (await import("./example.ts")).example(...asked),
  flow: async (...asked) => (await import("./flow.ts")).flow(...asked),
  space: async (...asked) => (await import("./space.ts")).space(...asked),
};

export async function computeView(
  live: LiveRun,
  request: ViewRequest,
  state: ViewState,
): Promise<ViewResult> {
  const view = VIEWS[request.view] as View<ViewName>;
  const gives = await view(live, request as never, state);
  return { view: request.view, ...gives } as ViewResult;
}
