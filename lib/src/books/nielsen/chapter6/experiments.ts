// Nielsen's chapter 6 beyond network3 in the table of experiments.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type Chapter6Name = "conv-preset" | "best-net";

export const CHAPTER6: Readonly<Record<Chapter6Name, ExperimentEntry>> = {
  "conv-preset": {
    title: "neurite train mnist --preset conv",
    source: "Nielsen, chapter 6",
    seconds: 1,
    load: async () => {
      const { PARAMETERS, claims, full } = await import("./conv-preset.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point), full };
    },
  },
  "best-net": {
    title: "A single net with 99.5 % of the digits right",
    source: "Nielsen, chapter 6",
    seconds: 1.5,
    load: async () => {
      const { PARAMETERS, claims, full } = await import("./best-net.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point), full };
    },
  },
};
