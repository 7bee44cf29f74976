// Nielsen's experiments by name, in the order of the book; each is loaded when it is run.

import { type Experiment, experimentTable } from "../shared/experiment.ts";

export type NielsenName =
  | "gates"
  | "four-outputs"
  | "bp-equations"
  | "saturation"
  | "softmax"
  | "bumps"
  | "vanishing";

export const NIELSEN: Readonly<Record<NielsenName, Experiment>> = experimentTable({
  gates: {
    title: "Perceptrons as logic gates",
    source: "Nielsen, chapter 1",
    seconds: 0.1,
    load: () => import("./gates.ts"),
  },
  "four-outputs": {
    title: "Ten outputs for ten digits, or four",
    source: "Nielsen, chapter 1",
    seconds: 4,
    load: async () => {
      const { PARAMETERS, claims } = await import("./four-outputs.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point) };
    },
  },
  "bp-equations": {
    title: "The equations of backpropagation, BP1 to BP4",
    source: "Nielsen, chapter 2",
    seconds: 0.8,
    load: () => import("./bp-equations.ts"),
  },
  saturation: {
    title: "One saturated neuron",
    source: "Nielsen, chapter 3",
    seconds: 0.2,
    load: () => import("./saturation.ts"),
  },
  softmax: {
    title: "Softmax makes probabilities",
    source: "NNDL notes; Nielsen, chapter 3",
    seconds: 0.1,
    load: () => import("./softmax.ts"),
  },
  bumps: {
    title: "Five bumps approximate a wave",
    source: "Nielsen, chapter 4",
    seconds: 0.1,
    load: () => import("./bumps.ts"),
  },
  vanishing: {
    title: "Vanishing gradients and dead ReLUs",
    source: "NNDL, chapter 4; Nielsen, chapter 5",
    seconds: 2,
    load: async () => {
      const { PARAMETERS, claims } = await import("./vanishing.ts");
      return { PARAMETERS, claims: (point, { mnist }) => claims(mnist, point) };
    },
  },
});
