// The lesson `loss-surface`: not convex, and yet without any minimum or saddle.

import type { Lesson, View } from "../lesson.ts";

const START = { loss: "negativeLog", w1: 0, w2: 0 };
const SURFACE: View = { kind: "surface", u: "w1", v: "w2" };
const CURVES: View = {
  kind: "curves",
  of: ["leastCurve", "mostCurve"],
  x: "t",
  y: "value",
  mark: "zero",
};

export const lesson: Lesson = {
  id: "loss-surface",
  notes: ["0:79", "3:60", "4:525"],
  controls: [
    { kind: "choice", name: "loss", options: ["squared", "negativeLog"] },
    { kind: "number", name: "w1", min: -10, max: 10, step: 0.5 },
    { kind: "number", name: "w2", min: -10, max: 10, step: 0.5 },
  ],
  views: [
    SURFACE,
    CURVES,
    { kind: "numbers", of: ["value", "byW1", "byW2", "least", "most"], digits: 4 },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      predict: {
        kind: "choice",
        choices: {
          minimum: { of: "place", is: "near", value: 1 },
          saddle: { of: "place", is: "near", value: 2 },
          neither: { of: "place", is: "near", value: 0 },
        },
      },
      controls: ["loss"],
      views: [
        SURFACE,
        CURVES,
        { kind: "numbers", of: ["value", "byW1", "byW2", "least", "most"], digits: 4 },
        { kind: "table", of: "hessian", digits: 4 },
      ],
      book: "NNDL 4.6, figure 4.9",
    },
    {
      say: "hill",
      set: { ...START, w1: 5, w2: -5 },
      predict: { kind: "number", of: "value", within: 0.3 },
    },
    {
      say: "valley",
      set: START,
      controls: ["w1", "w2"],
      target: "value",
      goal: [{ of: "value", is: "atMost", value: 0.001 }],
      solution: { ...START, w1: 5, w2: 7.5 },
    },
  ],
};
