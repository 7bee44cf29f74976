// The lesson `sigmoid-tanh`: both functions, where they are steep, and the step that the logistic function becomes.

import type { Lesson } from "../lesson.ts";

const START = { z: 0, c: 1 };

export const lesson: Lesson = {
  id: "sigmoid-tanh",
  notes: ["0:17", "1:17", "2:44", "4:78"],
  controls: [
    { kind: "number", name: "z", min: -20, max: 20, step: 0.5 },
    { kind: "number", name: "c", min: 1, max: 100, step: 1 },
  ],
  views: [
    {
      kind: "curves",
      of: ["sigmaCurve", "slopeCurve", "tanhCurve", "tanhSlopeCurve"],
      x: "z",
      y: "value",
      mark: "z",
    },
    { kind: "numbers", of: ["sigma", "slope", "tanh", "tanhSlope"], digits: 5 },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      predict: {
        kind: "curve",
        of: "slopeCurve",
        at: [-6, -4, -2, -1, 0, 1, 2, 4, 6],
        range: [0, 0.5],
        within: 0.04,
      },
      controls: ["z"],
      views: [
        { kind: "curves", of: ["sigmaCurve", "slopeCurve"], x: "z", y: "value", mark: "z" },
        { kind: "numbers", of: ["sigma", "slope"], digits: 5 },
      ],
      book: "NNDL 4.1; Nielsen, chapter 1",
    },
    {
      say: "tanh",
      set: START,
      predict: { kind: "number", of: "ratio", within: 0.01 },
      controls: ["z"],
      views: [
        {
          kind: "curves",
          of: ["sigmaCurve", "slopeCurve", "tanhCurve", "tanhSlopeCurve"],
          x: "z",
          y: "value",
          mark: "z",
        },
        { kind: "numbers", of: ["ratio", "tanh", "twice", "tanhSlope"], digits: 5 },
      ],
      book: "NNDL 4.1",
    },
    {
      say: "step",
      set: START,
      controls: ["c"],
      target: "c",
      views: [
        { kind: "curves", of: ["sigmaCurve", "stepCurve"], x: "z", y: "value" },
        { kind: "numbers", of: ["gap"], digits: 5 },
      ],
      goal: [{ of: "gap", is: "atMost", value: 0.01 }],
      solution: { z: 0, c: 46 },
      book: "Nielsen, chapter 1",
    },
    {
      say: "zero",
      set: { z: 10, c: 1 },
      controls: ["z"],
      target: "slope32",
      views: [{ kind: "numbers", of: ["sigma", "slope", "slope32"], digits: 6 }],
      goal: [{ of: "slope32", is: "near", value: 0 }],
      solution: { z: 17, c: 1 },
    },
  ],
};
