// The lesson `three-ways`: written out, a gradient grows; numerically, it is never exact; automatically, neither.

import type { Lesson } from "../lesson.ts";

const START = { factors: 10, exponent: 1 };

export const lesson: Lesson = {
  id: "three-ways",
  notes: ["0:47", "4:414"],
  controls: [
    { kind: "number", name: "factors", min: 2, max: 20, step: 1, isWhole: true },
    { kind: "number", name: "exponent", min: 1, max: 15, step: 1, isWhole: true },
  ],
  views: [{ kind: "numbers", of: ["written", "automatic", "apart"] }],
  steps: [
    {
      say: "ask",
      set: START,
      controls: ["factors"],
      predict: { kind: "number", of: "written", within: 0.5 },
      book: "NNDL 4.5",
    },
    {
      say: "numerical",
      set: START,
      controls: ["exponent"],
      predict: {
        kind: "choice",
        choices: {
          two: { of: "best", is: "near", value: -2, within: 0.5 },
          five: { of: "best", is: "near", value: -5, within: 0.5 },
          eight: { of: "best", is: "near", value: -8, within: 0.5 },
          fifteen: { of: "best", is: "near", value: -15, within: 0.5 },
        },
      },
      views: [
        {
          kind: "curves",
          of: ["forwardCurve", "centralCurve"],
          x: "delta",
          y: "error",
          xLog: true,
          yLog: true,
          mark: "delta",
        },
        { kind: "numbers", of: ["exact", "central", "forwardError", "centralError"] },
      ],
    },
    {
      say: "step",
      set: START,
      controls: ["exponent"],
      target: "exponent",
      views: [
        {
          kind: "curves",
          of: ["forwardCurve", "centralCurve"],
          x: "delta",
          y: "error",
          xLog: true,
          yLog: true,
          mark: "delta",
        },
        { kind: "numbers", of: ["exact", "central", "forwardError", "centralError"] },
      ],
      goal: [{ of: "forwardError", is: "atMost", value: 1e-8 }],
      solution: { ...START, exponent: 8 },
    },
  ],
};
