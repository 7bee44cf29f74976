// The lesson `linear-collapse`: layers without activation are one layer, bent ones are not.

import type { Lesson } from "../lesson.ts";

const START = { activation: "linear", hidden: 2, steps: 300 };

export const lesson: Lesson = {
  id: "linear-collapse",
  notes: ["2:8", "2:30", "2:34", "1:31"],
  isSlow: true,
  controls: [
    { kind: "choice", name: "activation", options: ["linear", "tanh", "relu"] },
    { kind: "number", name: "hidden", min: 0, max: 3, step: 1, isWhole: true },
    { kind: "number", name: "steps", min: 50, max: 600, step: 50, isWhole: true },
  ],
  views: [{ kind: "plane" }, { kind: "numbers", of: ["one", "right", "better", "difference"] }],
  steps: [
    {
      say: "ask",
      set: START,
      controls: [],
      predict: {
        kind: "choice",
        choices: {
          much: { of: "better", is: "above", value: 0.1 },
          little: { of: "better", is: "near", value: 0.055, within: 0.045 },
          none: { of: "better", is: "near", value: 0, within: 0.005 },
        },
      },
      book: "NNDL 4.3",
    },
    {
      say: "bend",
      set: START,
      controls: ["activation", "hidden"],
      target: "activation",
      goal: [{ of: "right", is: "atLeast", value: 0.99 }],
      solution: { ...START, activation: "tanh" },
    },
  ],
};
