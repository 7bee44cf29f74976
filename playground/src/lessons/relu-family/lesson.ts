// The lesson `relu-family`: values and slopes left of 0, at 0, and where ELU fades.

import type { Lesson } from "../lesson.ts";

const START = { f: "relu", x: -1, leak: 0.01, gamma: 1 };

export const lesson: Lesson = {
  id: "relu-family",
  notes: ["0:21", "2:62", "4:108", "4:134"],
  controls: [
    { kind: "choice", name: "f", options: ["relu", "leaky", "elu", "softplus"] },
    { kind: "number", name: "x", min: -4, max: 4, step: 0.1 },
    { kind: "number", name: "leak", min: 0, max: 0.5, step: 0.01 },
    { kind: "number", name: "gamma", min: 0.1, max: 2, step: 0.1 },
  ],
  views: [
    { kind: "curves", of: ["values", "slopes"], x: "x", y: "value", mark: "x" },
    { kind: "table", of: "family" },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      predict: {
        kind: "choice",
        choices: {
          relu: { of: "steepest", is: "near", value: 0 },
          leaky: { of: "steepest", is: "near", value: 1 },
          elu: { of: "steepest", is: "near", value: 2 },
          softplus: { of: "steepest", is: "near", value: 3 },
        },
      },
      book: "NNDL 4.1",
    },
    {
      say: "zero",
      set: { ...START, x: 0 },
      predict: {
        kind: "choice",
        choices: {
          none: { of: "reluAtZero", is: "near", value: 0 },
          half: { of: "reluAtZero", is: "near", value: 0.5 },
          one: { of: "reluAtZero", is: "near", value: 1 },
        },
      },
      controls: ["f", "gamma"],
    },
    {
      say: "fade",
      set: { ...START, f: "elu" },
      controls: ["f", "x", "gamma"],
      target: "x",
      views: [
        { kind: "curves", of: ["values", "slopes"], x: "x", y: "value", mark: "x" },
        { kind: "numbers", of: ["value", "slope"], digits: 5 },
      ],
      goal: [
        { of: "slope", is: "near", value: 0.1, within: 0.0005 },
        { of: "x", is: "below", value: 0 },
      ],
      solution: { ...START, f: "elu", x: Math.log(0.1) },
    },
  ],
};
