// The lesson `mazur-order`: what the order of updating changes, and whose numbers the notes print.

import type { Lesson } from "../lesson.ts";

const ONE = { scheme: "simultaneous", biases: "fixed", updates: 1 };
const ALL = { ...ONE, updates: 10_000 };

export const lesson: Lesson = {
  id: "mazur-order",
  notes: ["2:99", "2:143"],
  isSlow: true,
  controls: [
    { kind: "choice", name: "scheme", options: ["simultaneous", "sequential"] },
    { kind: "choice", name: "biases", options: ["fixed", "learnt"] },
    { kind: "number", name: "updates", min: 1, max: 10_000, step: 1, isWhole: true },
  ],
  views: [
    { kind: "numbers", of: ["error", "o1", "o2"], digits: 10 },
    { kind: "table", of: "schemes", digits: 10 },
  ],
  steps: [
    {
      say: "ask",
      set: ALL,
      controls: [],
      predict: {
        kind: "choice",
        choices: {
          large: { of: "relative", is: "above", value: 0.01 },
          small: { of: "relative", is: "near", value: 0.005, within: 0.004999 },
          none: { of: "relative", is: "below", value: 1e-6 },
        },
      },
      views: [
        { kind: "numbers", of: ["relative"] },
        { kind: "table", of: "schemes", digits: 7 },
      ],
      book: "Mazur (2015)",
    },
    {
      say: "whose",
      set: ONE,
      controls: ["scheme"],
      target: "scheme",
      views: [{ kind: "numbers", of: ["error", "o1", "o2"], digits: 9 }],
      goal: [{ of: "error", is: "near", value: 0.291027924, within: 1e-9 }],
      solution: { ...ONE, scheme: "sequential" },
    },
    {
      say: "biases",
      set: ALL,
      controls: ["scheme", "biases"],
      target: "biases",
      goal: [{ of: "error", is: "atMost", value: 5e-6 }],
      solution: { ...ALL, biases: "learnt" },
    },
  ],
};
