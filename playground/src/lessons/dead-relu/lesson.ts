// The lesson `dead-relu`: one step that is too large, and who comes back.

import type { Lesson, View } from "../lesson.ts";

const START = { activation: "relu", eta: 0.01, steps: 0 };
const CURVES: View = { kind: "curves", of: ["beforeCurve", "hitCurve"], x: "x", y: "output" };

export const lesson: Lesson = {
  id: "dead-relu",
  notes: ["2:71", "4:126"],
  controls: [
    { kind: "choice", name: "activation", options: ["relu", "leaky", "elu"] },
    { kind: "number", name: "eta", min: 0, max: 0.1, step: 0.0002 },
    { kind: "number", name: "steps", min: 0, max: 5000, step: 100, isWhole: true },
  ],
  views: [CURVES, { kind: "numbers", of: ["w", "b", "alive", "gradient"], digits: 4 }],
  steps: [
    {
      say: "ask",
      set: START,
      controls: ["eta"],
      predict: {
        kind: "choice",
        choices: {
          all: { of: "alive", is: "above", value: 0.9 },
          half: { of: "alive", is: "near", value: 0.5, within: 0.4 },
          none: { of: "alive", is: "below", value: 0.01 },
        },
      },
      book: "NNDL 4.1",
    },
    {
      say: "falls",
      set: { ...START, eta: 0.1 },
      controls: ["eta"],
      predict: { kind: "number", of: "w", within: 0.5 },
    },
    {
      say: "gently",
      set: START,
      controls: ["eta"],
      target: "eta",
      goal: [
        { of: "alive", is: "atLeast", value: 0.9 },
        { of: "w", is: "below", value: 0.9 },
      ],
      solution: { ...START, eta: 0.001 },
    },
    {
      say: "back",
      set: { ...START, steps: 2000 },
      controls: ["activation", "steps"],
      target: "loss",
      views: [
        { kind: "curves", of: ["beforeCurve", "hitCurve", "endCurve"], x: "x", y: "output" },
        { kind: "numbers", of: ["w", "b", "loss"], digits: 6 },
      ],
      goal: [{ of: "loss", is: "atMost", value: 0.0001 }],
      solution: { ...START, activation: "leaky", steps: 2000 },
    },
  ],
};
