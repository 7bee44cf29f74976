// The lesson `losses`: three losses of the same answer, and how steep each is where the answer is wrong.

import type { Lesson, View } from "../lesson.ts";

const START = { loss: "quadratic", y: 1, a: 0.5 };
const CURVES: View = {
  kind: "curves",
  of: ["quadraticCurve", "meanSquaredCurve", "crossEntropyCurve"],
  x: "a",
  y: "value",
  mark: "a",
};

export const lesson: Lesson = {
  id: "losses",
  notes: ["1:79", "2:77"],
  controls: [
    { kind: "choice", name: "loss", options: ["quadratic", "meanSquared", "crossEntropy"] },
    { kind: "number", name: "y", min: 0, max: 1, step: 1, isWhole: true },
    { kind: "number", name: "a", min: 0.01, max: 0.99, step: 0.01 },
  ],
  views: [CURVES, { kind: "table", of: "all", digits: 4 }],
  steps: [
    {
      say: "ask",
      set: START,
      predict: {
        kind: "choice",
        choices: {
          quadratic: { of: "largest", is: "near", value: 0 },
          meanSquared: { of: "largest", is: "near", value: 1 },
          crossEntropy: { of: "largest", is: "near", value: 2 },
        },
      },
      controls: ["y", "a"],
      book: "Nielsen, chapters 1 and 3; NNDL, figure 4.9",
    },
    {
      say: "wrong",
      set: { loss: "crossEntropy", y: 1, a: 0.01 },
      predict: { kind: "number", of: "slope", within: 5 },
      controls: ["loss", "a"],
      views: [CURVES, { kind: "numbers", of: ["value", "slope"], digits: 4 }],
    },
    {
      say: "pair",
      set: START,
      controls: ["y", "a"],
      views: [{ kind: "numbers", of: ["pairQuadratic", "pairMean"], digits: 4 }],
      predict: { kind: "number", of: "pairMean", within: 0.001 },
    },
    {
      say: "zero",
      set: { loss: "crossEntropy", y: 0, a: 0.5 },
      controls: ["a"],
      target: "a",
      views: [CURVES, { kind: "numbers", of: ["value", "slope"], digits: 4 }],
      goal: [{ of: "value", is: "near", value: 0.1054, within: 0.0005 }],
      solution: { loss: "crossEntropy", y: 0, a: 0.1 },
    },
  ],
};
