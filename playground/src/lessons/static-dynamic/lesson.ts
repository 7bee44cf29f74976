// The lesson `static-dynamic`: an `if` of the language, a graph without it, and a graph with an op for it.

import type { Lesson } from "../lesson.ts";

const START = { way: "dynamic", w: -1.5, steps: 20 };

export const lesson: Lesson = {
  id: "static-dynamic",
  notes: ["0:67", "4:460"],
  isSlow: true,
  controls: [
    { kind: "choice", name: "way", options: ["dynamic", "static", "cond"] },
    { kind: "number", name: "w", min: -2, max: 2, step: 0.1 },
    { kind: "number", name: "steps", min: 1, max: 100, step: 1, isWhole: true },
  ],
  views: [{ kind: "numbers", of: ["works", "end", "difference"], digits: 6 }],
  steps: [
    {
      say: "ask",
      set: START,
      controls: [],
      predict: {
        kind: "choice",
        choices: {
          dynamic: { of: "which", is: "near", value: 1 },
          static: { of: "which", is: "near", value: 2 },
          both: { of: "which", is: "near", value: 3 },
        },
      },
      views: [{ kind: "table", of: "ways" }],
      book: "NNDL 4.5",
    },
    {
      say: "gain",
      set: START,
      controls: [],
      predict: { kind: "number", of: "kernels", within: 0.5 },
      views: [{ kind: "numbers", of: ["nodes", "kernels"] }],
    },
    {
      say: "op",
      set: { ...START, way: "static" },
      controls: ["way", "w", "steps"],
      target: "works",
      goal: [
        { of: "works", is: "near", value: 1 },
        { of: "compiled", is: "near", value: 1 },
        { of: "difference", is: "atMost", value: 1e-12 },
      ],
      solution: { ...START, way: "cond" },
    },
  ],
};
