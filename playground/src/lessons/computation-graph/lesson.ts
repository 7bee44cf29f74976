// The lesson `computation-graph`: figure 4.8, what flows back through it, and paths that add.

import type { Lesson } from "../lesson.ts";

const START = { x: 1, w: 0, b: 0 };

export const lesson: Lesson = {
  id: "computation-graph",
  notes: ["0:53", "3:49", "4:416"],
  controls: [
    { kind: "number", name: "x", min: -3, max: 3, step: 0.1 },
    { kind: "number", name: "w", min: -3, max: 3, step: 0.1 },
    { kind: "number", name: "b", min: -3, max: 3, step: 0.1 },
  ],
  views: [
    { kind: "graph", of: "figure" },
    { kind: "table", of: "steps", digits: 4 },
    { kind: "numbers", of: ["byX", "byW", "byB"], digits: 5 },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      predict: { kind: "number", of: "byX", within: 0.001 },
      book: "NNDL 4.5, figure 4.8",
    },
    {
      say: "paths",
      set: { ...START, x: 3 },
      controls: ["x"],
      predict: { kind: "number", of: "twice", within: 0.001 },
      views: [
        { kind: "graph", of: "paths" },
        { kind: "table", of: "paths" },
        { kind: "numbers", of: ["twice"] },
      ],
    },
    {
      say: "move",
      set: START,
      controls: ["w", "b"],
      target: "byX",
      goal: [
        { of: "byW", is: "near", value: 0.25, within: 0.0005 },
        { of: "byX", is: "atLeast", value: 0.2 },
      ],
      solution: { x: 1, w: 0.8, b: -0.8 },
    },
  ],
};
