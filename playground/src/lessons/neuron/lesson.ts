// The lesson `neuron`: net input and activation, and the bias that gives an activation of one's choice.

import type { Lesson } from "../lesson.ts";

const START = { x1: 1, x2: 2, w1: 0.5, w2: -0.25, b: 0.1 };

export const lesson: Lesson = {
  id: "neuron",
  notes: ["0:5", "2:17", "4:50"],
  controls: [
    { kind: "number", name: "x1", min: -4, max: 4, step: 0.1 },
    { kind: "number", name: "x2", min: -4, max: 4, step: 0.1 },
    { kind: "number", name: "w1", min: -4, max: 4, step: 0.05 },
    { kind: "number", name: "w2", min: -4, max: 4, step: 0.05 },
    { kind: "number", name: "b", min: -4, max: 4, step: 0.05 },
  ],
  views: [{ kind: "net" }, { kind: "numbers", of: ["p1", "p2", "z", "a"], digits: 5 }],
  steps: [
    {
      say: "ask",
      set: START,
      predict: {
        kind: "choice",
        choices: {
          above: { of: "a", is: "above", value: 0.5 },
          half: { of: "a", is: "near", value: 0.5, within: 0 },
          below: { of: "a", is: "below", value: 0.5 },
        },
      },
      book: "NNDL 4.1",
    },
    {
      say: "sum",
      set: START,
      target: "z",
      controls: ["w1", "w2", "b"],
      goal: [{ of: "z", is: "near", value: 0, within: 1e-9 }],
      solution: { ...START, b: 0 },
    },
    {
      say: "guess",
      set: START,
      controls: ["b"],
      target: "b",
      goal: [{ of: "a", is: "near", value: 0.75, within: 0.0005 }],
      solution: { ...START, b: Math.log(3) },
      book: "NNDL 4.1",
    },
  ],
};
