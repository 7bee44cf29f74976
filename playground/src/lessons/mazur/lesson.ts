// The lesson `mazur`: backpropagation by hand, with every number of the worked example.

import type { Lesson } from "../lesson.ts";

const START = { w5: 0.4, rate: 0.5, updates: 0 };
const FACTORS = ["toOut", "toNet", "toW5", "product", "byRule"];

export const lesson: Lesson = {
  id: "mazur",
  notes: ["2:93", "2:141"],
  controls: [
    { kind: "number", name: "updates", min: 0, max: 10_000, step: 1, isWhole: true },
    { kind: "number", name: "rate", min: 0, max: 10, step: 0.1 },
    { kind: "number", name: "w5", min: -1, max: 1, step: 0.05 },
  ],
  views: [{ kind: "net" }, { kind: "numbers", of: ["error", "o1", "o2", "w5now"], digits: 10 }],
  steps: [
    {
      say: "ask",
      set: START,
      predict: {
        kind: "choice",
        choices: {
          up: { of: "byRule", is: "below", value: 0 },
          down: { of: "byRule", is: "above", value: 0 },
          stays: { of: "byRule", is: "near", value: 0, within: 0 },
        },
      },
      controls: [],
      book: "Mazur (2015)",
    },
    {
      say: "chain",
      set: START,
      target: "product",
      predict: { kind: "number", of: "product", within: 0.005 },
      controls: [],
      views: [{ kind: "net" }, { kind: "numbers", of: FACTORS, digits: 10 }],
      book: "Mazur (2015)",
    },
    {
      say: "update",
      set: START,
      target: "updates",
      controls: ["updates"],
      views: [
        { kind: "numbers", of: ["error", "o1", "o2", "w5now"], digits: 10 },
        { kind: "table", of: "weights", digits: 10 },
      ],
      goal: [{ of: "error", is: "near", value: 0.2910277737, within: 1e-9 }],
      solution: { ...START, updates: 1 },
    },
    {
      say: "many",
      set: { ...START, updates: 1 },
      controls: ["updates", "rate"],
      goal: [{ of: "error", is: "atMost", value: 3.6e-5 }],
      solution: { ...START, updates: 10_000 },
    },
  ],
};
