// The lesson `bp-equations`: error terms, and the four equations beside automatic differentiation.

import type { Lesson } from "../lesson.ts";

const START = { cost: "quadratic", y1: 0, y2: 1 };

export const lesson: Lesson = {
  id: "bp-equations",
  notes: ["0:33", "0:35", "1:138", "1:168", "4:352"],
  controls: [
    { kind: "choice", name: "cost", options: ["quadratic", "crossEntropy"] },
    { kind: "number", name: "y1", min: 0, max: 1, step: 0.01 },
    { kind: "number", name: "y2", min: 0, max: 1, step: 0.01 },
  ],
  views: [
    { kind: "net" },
    { kind: "numbers", of: ["costNow", "delta1", "delta2", "difference"] },
    { kind: "graph", of: "net", hasEquations: true },
    { kind: "table", of: "weights" },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      controls: [],
      predict: {
        kind: "choice",
        choices: {
          w11: { of: "largest", is: "near", value: 1 },
          w12: { of: "largest", is: "near", value: 2 },
          w21: { of: "largest", is: "near", value: 3 },
          w22: { of: "largest", is: "near", value: 4 },
        },
      },
      views: [{ kind: "net" }, { kind: "table", of: "weights" }],
      book: "Nielsen, chapter 2; NNDL 4.4",
    },
    {
      say: "vanish",
      set: START,
      controls: ["y1", "y2"],
      target: "delta1",
      goal: [{ of: "delta1", is: "near", value: 0, within: 0.001 }],
      solution: { ...START, y1: 0.66 },
    },
    {
      say: "cross",
      set: START,
      controls: ["cost"],
      target: "cost",
      goal: [{ of: "delta1", is: "atLeast", value: 0.5 }],
      solution: { ...START, cost: "crossEntropy" },
      book: "Nielsen, chapter 3",
    },
  ],
};
