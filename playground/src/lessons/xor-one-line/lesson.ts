// The lesson `xor-one-line`: three rows of four are the most that one line gets right.

import type { Lesson } from "../lesson.ts";

const START = { w1: 1, w2: 1, b: -3, steps: 0 };
const OR = { w1: 2, w2: 2, b: -1, steps: 0 };

export const lesson: Lesson = {
  id: "xor-one-line",
  notes: ["1:15", "4:280"],
  controls: [
    { kind: "number", name: "w1", min: -5, max: 5, step: 0.5 },
    { kind: "number", name: "w2", min: -5, max: 5, step: 0.5 },
    { kind: "number", name: "b", min: -5, max: 5, step: 0.5 },
    { kind: "number", name: "steps", min: 0, max: 2000, step: 50, isWhole: true },
  ],
  views: [
    { kind: "plane" },
    { kind: "table", of: "truth" },
    { kind: "numbers", of: ["right", "best"] },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      controls: ["w1", "w2", "b"],
      predict: {
        kind: "choice",
        choices: {
          two: { of: "best", is: "near", value: 2 },
          three: { of: "best", is: "near", value: 3 },
          four: { of: "best", is: "near", value: 4 },
        },
      },
      book: "Nielsen, chapter 1; NNDL 4.3",
    },
    {
      say: "line",
      set: START,
      controls: ["w1", "w2", "b"],
      target: "right",
      goal: [{ of: "right", is: "atLeast", value: 3 }],
      solution: OR,
    },
    {
      say: "logistic",
      set: OR,
      controls: ["steps"],
      target: "steps",
      views: [
        { kind: "plane" },
        { kind: "table", of: "truth" },
        { kind: "numbers", of: ["loss", "right"], digits: 6 },
      ],
      goal: [{ of: "loss", is: "near", value: Math.LN2, within: 1e-6 }],
      solution: { ...OR, steps: 1000 },
    },
  ],
};
