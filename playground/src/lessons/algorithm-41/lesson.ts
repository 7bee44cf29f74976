// The lesson `algorithm-41`: an update for each example, weight decay in each, and when it stops.

import type { Lesson } from "../lesson.ts";

const START = { alpha: 0.2, lambda: 0, patience: 1, seed: 1 };

export const lesson: Lesson = {
  id: "algorithm-41",
  notes: ["1:168", "4:390", "4:403"],
  isSlow: true,
  controls: [
    { kind: "number", name: "alpha", min: 0.01, max: 2, step: 0.01 },
    { kind: "number", name: "lambda", min: 0, max: 0.1, step: 0.01 },
    { kind: "number", name: "patience", min: 1, max: 10, step: 1, isWhole: true },
    { kind: "number", name: "seed", min: 1, max: 20, step: 1, isWhole: true },
  ],
  views: [
    { kind: "curves", of: ["errorCurve"], x: "epoch", y: "error" },
    { kind: "numbers", of: ["epochs", "test"] },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      controls: ["seed"],
      predict: {
        kind: "choice",
        choices: {
          one: { of: "updates", is: "near", value: 1 },
          ten: { of: "updates", is: "near", value: 10 },
          each: { of: "updates", is: "near", value: 640 },
        },
      },
      views: [
        { kind: "curves", of: ["errorCurve"], x: "epoch", y: "error" },
        { kind: "numbers", of: ["updates", "epochs", "test"] },
      ],
      book: "NNDL, algorithm 4.1",
    },
    {
      say: "decay",
      set: { ...START, lambda: 0.01 },
      controls: ["alpha", "lambda"],
      predict: { kind: "number", of: "kept", within: 0.0005 },
      views: [{ kind: "numbers", of: ["kept", "apart"] }],
    },
    {
      say: "stop",
      set: { ...START, alpha: 0.01 },
      controls: ["alpha", "patience"],
      target: "test",
      goal: [{ of: "test", is: "atLeast", value: 0.8 }],
      solution: START,
    },
  ],
};
