// Nielsen's chapter 5 in the table of experiments: why deep networks are hard to train.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type Chapter5Name = "vanishing" | "chain" | "learning-speeds" | "depth-accuracies";

export const CHAPTER5: Readonly<Record<Chapter5Name, ExperimentEntry>> = {
  vanishing: {
    title: "Vanishing gradients and dead ReLUs",
    source: "NNDL, chapter 4; Nielsen, chapter 5",
    seconds: 2,
    load: async () => {
      const { PARAMETERS, claims, curves } = await import("./vanishing.ts");
      return {
        PARAMETERS,
        claims: (point, { mnist }) => claims(mnist, point),
        curves: (point, { mnist }) => curves(mnist, point),
      };
    },
  },
  chain: {
    title: "A chain of neurons: gradients vanish or explode",
    source: "Nielsen, chapter 5",
    seconds: 0.1,
    load: () => import("./chain.ts"),
  },
  "learning-speeds": {
    title: "How fast each hidden layer learns",
    source: "Nielsen, chapter 5",
    seconds: 1,
    load: async () => {
      const { PARAMETERS, claims, full } = await import("./learning-speeds.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point), full };
    },
  },
  "depth-accuracies": {
    title: "More hidden layers, hardly more digits",
    source: "Nielsen, chapter 5",
    seconds: 1,
    load: async () => {
      const { PARAMETERS, claims, full } = await import("./depth-accuracies.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point), full };
    },
  },
};
