// The lesson `softmax`: how three outputs share what is one, and what the loss sends back.

import type { Lesson, View } from "../lesson.ts";

const START = { z1: 3, z2: 1, z3: -3 };
const CURVES: View = {
  kind: "curves",
  of: ["a1Curve", "a2Curve", "a3Curve"],
  x: "z1",
  y: "output",
  mark: "z1",
};

export const lesson: Lesson = {
  id: "softmax",
  notes: ["0:95", "1:210", "1:224", "4:288"],
  controls: [
    { kind: "number", name: "z1", min: -5, max: 40, step: 0.5 },
    { kind: "number", name: "z2", min: -5, max: 5, step: 0.5 },
    { kind: "number", name: "z3", min: -5, max: 5, step: 0.5 },
  ],
  views: [CURVES, { kind: "table", of: "units", digits: 4 }],
  steps: [
    {
      say: "ask",
      set: START,
      predict: {
        kind: "choice",
        choices: {
          stay: { of: "others", is: "near", value: 0 },
          amount: { of: "others", is: "near", value: 1 },
          share: { of: "others", is: "near", value: 2 },
        },
      },
      book: "Nielsen, chapter 3; NNDL 4.2",
    },
    {
      say: "back",
      set: START,
      predict: { kind: "number", of: "slope1", within: 0.002 },
      views: [
        { kind: "table", of: "units", digits: 4 },
        { kind: "numbers", of: ["loss", "slope1"], digits: 4 },
      ],
    },
    {
      say: "two",
      set: { ...START, z1: 0 },
      controls: ["z1"],
      target: "z1",
      views: [{ kind: "numbers", of: ["two", "sigma"], digits: 5 }],
      goal: [{ of: "two", is: "near", value: 0.75, within: 0.005 }],
      solution: { ...START, z1: Math.log(3) },
    },
    {
      say: "open",
      set: START,
      controls: ["z1"],
      target: "a1in32",
      views: [{ kind: "numbers", of: ["a1", "a1in32"], digits: 9 }],
      goal: [{ of: "a1in32", is: "atLeast", value: 1 }],
      solution: { ...START, z1: 20 },
    },
  ],
};
