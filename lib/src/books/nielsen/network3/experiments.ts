// Nielsen's chapter 6 in the table of experiments: what sets network3 apart, and each of its networks.

import type { ExperimentEntry } from "../../shared/experiment.ts";
import { NETWORK3_RUNS, type Network3Name } from "./runs.ts";

const SOURCE = "Nielsen, chapter 6";
const RUNS = Object.keys(NETWORK3_RUNS) as Network3Name[];

/** One entry a network, and one for their conventions. */
export const NETWORK3: Readonly<Record<Network3Name | "network3", ExperimentEntry>> = {
  network3: {
    title: "Conventions of network3.py",
    source: SOURCE,
    seconds: 0.3,
    load: () => import("./conventions.ts"),
  },
  ...(Object.fromEntries(RUNS.map((name) => [name, entryOf(name)])) as Record<
    Network3Name,
    ExperimentEntry
  >),
};

function entryOf(name: Network3Name): ExperimentEntry {
  const { title, voters } = NETWORK3_RUNS[name];
  return {
    title,
    source: SOURCE,
    seconds: voters > 1 ? 3 : 1,
    load: async () => (await import("./full-run.ts")).network3Experiment(name),
  };
}
