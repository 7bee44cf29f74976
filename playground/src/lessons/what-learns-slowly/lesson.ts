// The lesson `what-learns-slowly`: not the size of a weight, but sigma' and the input that it is fed.

import type { Lesson, View } from "../lesson.ts";

const START = { w: 1.5, x: 1, b: 0 };
const CURVE: View = { kind: "curves", of: ["speedCurve"], x: "w", y: "speed", mark: "w" };

export const lesson: Lesson = {
  id: "what-learns-slowly",
  notes: ["1:162", "1:164"],
  controls: [
    { kind: "number", name: "w", min: -8, max: 8, step: 0.1 },
    { kind: "number", name: "x", min: -1, max: 1, step: 0.1 },
    { kind: "number", name: "b", min: -8, max: 8, step: 0.1 },
  ],
  views: [CURVE, { kind: "numbers", of: ["a", "slope", "byRule", "gradient"], digits: 5 }],
  steps: [
    {
      say: "ask",
      set: START,
      controls: ["w"],
      predict: {
        kind: "choice",
        choices: {
          small: { of: "smallOverLarge", is: "above", value: 1.01 },
          large: { of: "smallOverLarge", is: "below", value: 0.99 },
          same: { of: "smallOverLarge", is: "near", value: 1, within: 0.01 },
        },
      },
      views: [CURVE, { kind: "table", of: "two", digits: 5 }],
      book: "Nielsen, chapter 2",
    },
    {
      say: "input",
      set: { ...START, x: 0 },
      controls: ["w", "x"],
      predict: { kind: "number", of: "gradient", within: 0.001 },
    },
    {
      say: "awake",
      set: { ...START, w: 4 },
      controls: ["b"],
      target: "b",
      goal: [{ of: "speed", is: "atLeast", value: 0.148 }],
      solution: { ...START, w: 4, b: -3.3 },
    },
  ],
};
