// The lesson `feature-space`: the hidden layer moves the points until a line parts them.

import type { Lesson } from "../lesson.ts";

const START = { learns: "both", space: "hidden", seed: 5, steps: 1000 };

export const lesson: Lesson = {
  id: "feature-space",
  notes: ["2:8", "4:265"],
  isSlow: true,
  controls: [
    { kind: "choice", name: "learns", options: ["both", "head"] },
    { kind: "choice", name: "space", options: ["input", "hidden"] },
    { kind: "number", name: "seed", min: 1, max: 20, step: 1, isWhole: true },
    { kind: "number", name: "steps", min: 0, max: 2000, step: 100, isWhole: true },
  ],
  views: [
    { kind: "plane" },
    { kind: "numbers", of: ["right", "inputMargin", "marginBefore", "margin"], digits: 3 },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      controls: ["space", "steps"],
      predict: {
        kind: "choice",
        choices: {
          yes: { of: "margin", is: "above", value: 0 },
          no: { of: "margin", is: "near", value: 0 },
        },
      },
      book: "NNDL 4.3",
    },
    {
      say: "random",
      set: { ...START, learns: "head" },
      controls: ["learns", "space", "steps"],
      predict: {
        kind: "choice",
        choices: {
          all: { of: "right", is: "above", value: 0.9 },
          most: { of: "right", is: "near", value: 0.775, within: 0.12 },
          half: { of: "right", is: "near", value: 0.5, within: 0.12 },
        },
      },
    },
    {
      say: "wide",
      set: { ...START, seed: 1 },
      controls: ["seed", "steps", "space"],
      target: "margin",
      goal: [{ of: "margin", is: "atLeast", value: 0.6 }],
      solution: START,
    },
  ],
};
