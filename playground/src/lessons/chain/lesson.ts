// The lesson `chain`: the same factor at every layer, and when it is below, at or above 1.

import type { Lesson } from "../lesson.ts";

const START = { w: 1, z: 0 };

export const lesson: Lesson = {
  id: "chain",
  notes: ["1:287", "1:293", "1:303"],
  controls: [
    { kind: "number", name: "w", min: 0.1, max: 100, step: 0.1 },
    { kind: "number", name: "z", min: -8, max: 8, step: 0.1 },
  ],
  views: [
    { kind: "curves", of: ["factorCurve"], x: "z", y: "factor", mark: "z" },
    { kind: "table", of: "biases", digits: 4 },
    { kind: "numbers", of: ["factor", "ratio"], digits: 6 },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      predict: { kind: "number", of: "ratio", within: 0.002 },
      book: "Nielsen, chapter 5",
    },
    {
      say: "explode",
      set: { ...START, w: 100 },
      predict: {
        kind: "choice",
        choices: {
          vanish: { of: "ratio", is: "below", value: 0.9 },
          same: { of: "ratio", is: "near", value: 1, within: 0.1 },
          explode: { of: "ratio", is: "above", value: 1.1 },
        },
      },
    },
    {
      say: "balance",
      set: { w: 1, z: 2 },
      target: "w",
      controls: ["w"],
      goal: [{ of: "ratio", is: "near", value: 1, within: 0.05 }],
      solution: { w: 9.5, z: 2 },
    },
    {
      say: "window",
      set: { ...START, w: 4 },
      controls: ["w"],
      target: "window",
      views: [
        { kind: "curves", of: ["windowCurve"], x: "w", y: "window", mark: "w" },
        { kind: "numbers", of: ["window"], digits: 5 },
      ],
      goal: [{ of: "window", is: "atLeast", value: 0.4476 }],
      solution: { ...START, w: 6.9 },
    },
  ],
};
