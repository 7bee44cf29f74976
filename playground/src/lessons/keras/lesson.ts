// The lesson `keras`: the snippet of the slides, and the three steps of deep learning.

import type { Lesson } from "../lesson.ts";

const START = { hidden: 64, optimizer: "sgd", epochs: 5 };

export const lesson: Lesson = {
  id: "keras",
  notes: ["4:470", "4:498"],
  isSlow: true,
  controls: [
    { kind: "number", name: "hidden", min: 4, max: 128, step: 4, isWhole: true },
    { kind: "choice", name: "optimizer", options: ["sgd", "adam"] },
    { kind: "number", name: "epochs", min: 1, max: 20, step: 1, isWhole: true },
  ],
  views: [
    { kind: "curves", of: ["accuracyCurve"], x: "epoch", y: "share", yDomain: [0, 1] },
    { kind: "numbers", of: ["parameters", "loss", "accuracy"], digits: 4 },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      controls: ["hidden"],
      predict: { kind: "number", of: "parameters", within: 0.5 },
    },
    {
      say: "more",
      set: { ...START, epochs: 1 },
      controls: ["optimizer", "epochs"],
      target: "accuracy",
      goal: [{ of: "accuracy", is: "atLeast", value: 0.9 }],
      solution: { ...START, epochs: 10 },
    },
  ],
};
