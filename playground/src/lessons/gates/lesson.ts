// The lesson `gates`: perceptrons as logic gates, and a half adder out of NAND alone.

import type { Lesson } from "../lesson.ts";

const AND = { gate: "and", w1: 2, w2: 2, b: -3 };

export const lesson: Lesson = {
  id: "gates",
  notes: ["1:5", "1:15", "4:48"],
  controls: [
    { kind: "choice", name: "gate", options: ["and", "or", "nand"] },
    { kind: "number", name: "w1", min: -5, max: 5, step: 0.5 },
    { kind: "number", name: "w2", min: -5, max: 5, step: 0.5 },
    { kind: "number", name: "b", min: -5, max: 5, step: 0.5 },
  ],
  views: [{ kind: "plane" }, { kind: "table", of: "truth" }, { kind: "numbers", of: ["right"] }],
  steps: [
    {
      say: "ask",
      set: AND,
      predict: {
        kind: "choice",
        choices: {
          two: { of: "possible", is: "near", value: 2 },
          three: { of: "possible", is: "near", value: 3 },
          four: { of: "possible", is: "near", value: 4 },
        },
      },
      controls: ["gate", "w1", "w2", "b"],
      views: [
        { kind: "plane" },
        { kind: "table", of: "truth" },
        { kind: "numbers", of: ["possible", "right"] },
      ],
      book: "Nielsen, chapter 1",
    },
    {
      say: "nand",
      set: { gate: "nand", w1: 2, w2: 2, b: -3 },
      controls: ["w1", "w2", "b"],
      target: "right",
      goal: [{ of: "right", is: "atLeast", value: 4 }],
      solution: { gate: "nand", w1: -2, w2: -2, b: 3 },
      book: "Nielsen, chapter 1",
    },
    {
      say: "adder",
      set: AND,
      controls: ["w1", "w2", "b"],
      views: [
        { kind: "table", of: "adder" },
        { kind: "numbers", of: ["added"] },
      ],
      goal: [{ of: "added", is: "atLeast", value: 4 }],
      solution: { gate: "and", w1: -2, w2: -2, b: 3 },
      book: "Nielsen, chapter 1",
    },
  ],
};
