// The sections of `neurite inspect`, in the order in which they are shown. One file and one line each; they are
// loaded when they are asked for, since what draws them takes a moment to load.

import type { Inspection } from "./section.ts";

type Load = () => Promise<Inspection>;

/** By the name on the command line, which is the section's id. */
export const INSPECTIONS: ReadonlyMap<string, Load> = new Map<string, Load>([
  ["layers", async () => (await import("./layers.ts")).layers],
  ["errors", async () => (await import("./errors.ts")).errors],
  ["flow", async () => (await import("./flow.ts")).flow],
  ["units", async () => (await import("./units.ts")).units],
  ["graph", async () => (await import("./graph.ts")).graph],
  ["health", async () => (await import("./health.ts")).health],
  ["surface", async () => (await import("./surface.ts")).surface],
  ["learnt", async () => (await import("./learnt.ts")).learnt],
  ["hidden", async () => (await import("./hidden-space.ts")).hiddenSpace],
  ["damage", async () => (await import("./damage.ts")).damage],
  ["window", async () => (await import("./window.ts")).window],
]);
