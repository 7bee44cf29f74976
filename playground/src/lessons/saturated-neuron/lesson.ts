// The lesson `saturated-neuron`: two costs from the same start, and what sigma' does to one of them.

import type { Lesson, View } from "../lesson.ts";

const START = { w: 2, b: 2, rate: 0.15, epochs: 300 };
const CURVES: View = {
  kind: "curves",
  of: ["quadraticCurve", "entropyCurve"],
  x: "epoch",
  y: "output",
  yDomain: [0, 1],
};

export const lesson: Lesson = {
  id: "saturated-neuron",
  notes: ["0:107", "1:192", "1:208"],
  controls: [
    { kind: "number", name: "w", min: -1, max: 4, step: 0.1 },
    { kind: "number", name: "b", min: -1, max: 4, step: 0.1 },
    { kind: "number", name: "rate", min: 0.01, max: 1, step: 0.01 },
    { kind: "number", name: "epochs", min: 10, max: 1000, step: 10, isWhole: true },
  ],
  views: [CURVES, { kind: "numbers", of: ["first", "quadratic", "crossEntropy"], digits: 4 }],
  steps: [
    {
      say: "ask",
      set: START,
      predict: {
        kind: "choice",
        choices: {
          quadratic: { of: "ahead", is: "below", value: -1e-3 },
          entropy: { of: "ahead", is: "above", value: 1e-3 },
          same: { of: "ahead", is: "near", value: 0, within: 1e-3 },
        },
      },
      book: "Nielsen, chapter 3",
    },
    {
      say: "why",
      set: START,
      predict: { kind: "number", of: "factor", within: 6 },
      controls: ["w", "b"],
      views: [{ kind: "numbers", of: ["byQuadratic", "byEntropy", "factor"], digits: 5 }],
    },
    {
      say: "stuck",
      set: { ...START, w: 0.6, b: 0.9 },
      controls: ["w", "b"],
      target: "quadratic",
      goal: [
        { of: "quadratic", is: "atLeast", value: 0.9 },
        { of: "crossEntropy", is: "atMost", value: 0.05 },
      ],
      solution: { ...START, w: 3, b: 3 },
    },
  ],
};
