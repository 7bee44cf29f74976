// The lesson `activation-rules`: neither monotone nor differentiable everywhere, but with slopes to learn by.

import type { Lesson } from "../lesson.ts";

const START = { activation: "step", seed: 1, steps: 300 };

export const lesson: Lesson = {
  id: "activation-rules",
  notes: ["2:32", "4:54", "4:62"],
  isSlow: true,
  controls: [
    { kind: "choice", name: "activation", options: ["relu", "tanh", "sin", "step"] },
    { kind: "number", name: "seed", min: 1, max: 50, step: 1, isWhole: true },
    { kind: "number", name: "steps", min: 50, max: 1000, step: 50, isWhole: true },
  ],
  views: [
    { kind: "plane" },
    { kind: "numbers", of: ["right", "moved"] },
    { kind: "table", of: "all" },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      predict: {
        kind: "choice",
        choices: {
          both: { of: "learners", is: "near", value: 3 },
          sin: { of: "learners", is: "near", value: 1 },
          step: { of: "learners", is: "near", value: 2 },
          neither: { of: "learners", is: "near", value: 0 },
        },
      },
      controls: [],
      book: "NNDL 4.1",
    },
    {
      say: "sine",
      set: START,
      target: "activation",
      controls: ["activation", "seed"],
      goal: [
        { of: "right", is: "atLeast", value: 0.98 },
        { of: "moved", is: "above", value: 0 },
      ],
      solution: { ...START, activation: "sin" },
    },
  ],
};
