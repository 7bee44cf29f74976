// The lesson `two-assumptions`: which cost breaks which of the assumptions of backpropagation.

import type { Lesson } from "../lesson.ts";

const START = { cost: "quadratic", lambda: 0.1 };

export const lesson: Lesson = {
  id: "two-assumptions",
  notes: ["1:126"],
  controls: [
    { kind: "choice", name: "cost", options: ["quadratic", "batch", "l2"] },
    { kind: "number", name: "lambda", min: 0, max: 1, step: 0.05 },
  ],
  views: [{ kind: "numbers", of: ["gap", "beside"] }],
  steps: [
    {
      say: "ask",
      set: START,
      controls: [],
      predict: {
        kind: "choice",
        choices: {
          none: { of: "pattern", is: "near", value: 0 },
          batchFirst: { of: "pattern", is: "near", value: 9 },
          batchSecond: { of: "pattern", is: "near", value: 6 },
          both: { of: "pattern", is: "near", value: 15 },
        },
      },
      views: [{ kind: "table", of: "all" }],
      book: "Nielsen, chapter 2",
    },
    {
      say: "first",
      set: START,
      controls: ["cost"],
      target: "gap",
      goal: [{ of: "gap", is: "above", value: 0.001 }],
      solution: { ...START, cost: "batch" },
    },
    {
      say: "second",
      set: START,
      controls: ["cost", "lambda"],
      target: "beside",
      goal: [{ of: "beside", is: "near", value: 0.35, within: 1e-9 }],
      solution: { cost: "l2", lambda: 0.5 },
    },
  ],
};
