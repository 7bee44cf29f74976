// The lesson `xor-net`: a hidden layer solves exclusive or, from most starts.

import type { Lesson } from "../lesson.ts";

const START = { hidden: 2, seed: 0, steps: 2000 };

export const lesson: Lesson = {
  id: "xor-net",
  notes: ["4:274", "4:512"],
  isSlow: true,
  controls: [
    { kind: "number", name: "hidden", min: 1, max: 6, step: 1, isWhole: true },
    { kind: "number", name: "seed", min: 0, max: 20, step: 1, isWhole: true },
    { kind: "number", name: "steps", min: 0, max: 5000, step: 100, isWhole: true },
  ],
  views: [
    { kind: "plane" },
    { kind: "table", of: "truth", digits: 3 },
    { kind: "numbers", of: ["right", "loss"], digits: 4 },
  ],
  steps: [
    {
      say: "ask",
      set: { ...START, seed: 1 },
      controls: ["seed"],
      predict: {
        kind: "choice",
        choices: {
          all: { of: "solved", is: "near", value: 6 },
          some: { of: "solved", is: "near", value: 3, within: 2.5 },
          none: { of: "solved", is: "near", value: 0 },
        },
      },
      views: [
        { kind: "plane" },
        { kind: "numbers", of: ["solved"] },
        { kind: "table", of: "seeds", digits: 4 },
      ],
      book: "NNDL 4.3",
    },
    {
      say: "trap",
      set: START,
      controls: ["steps"],
      predict: { kind: "number", of: "loss", within: 0.05 },
    },
    {
      say: "out",
      set: START,
      controls: ["hidden", "seed"],
      target: "hidden",
      goal: [
        { of: "right", is: "atLeast", value: 4 },
        { of: "loss", is: "atMost", value: 0.01 },
      ],
      solution: { ...START, hidden: 3 },
    },
  ],
};
