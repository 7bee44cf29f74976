// The lesson `gradient-descent`: what a step promises, what it brings, and when it overshoots.

import type { Lesson } from "../lesson.ts";

const START = { v1: 1, v2: 1, eta: 0.01, steps: 1 };

export const lesson: Lesson = {
  id: "gradient-descent",
  notes: ["1:50", "1:72", "4:305", "4:311"],
  controls: [
    { kind: "number", name: "eta", min: 0, max: 1.2, step: 0.01 },
    { kind: "number", name: "steps", min: 1, max: 50, step: 1, isWhole: true },
    { kind: "number", name: "v1", min: -2, max: 2, step: 0.1 },
    { kind: "number", name: "v2", min: -2, max: 2, step: 0.1 },
  ],
  views: [
    { kind: "numbers", of: ["begin", "promised", "real", "after"], digits: 5 },
    { kind: "surface", u: "v1", v: "v2" },
    { kind: "curves", of: ["costs"], x: "step", y: "cost", yDomain: [0, null] },
    { kind: "table", of: "path" },
  ],
  steps: [
    {
      say: "ask",
      set: START,
      controls: ["eta", "v1", "v2"],
      predict: { kind: "number", of: "real", within: 0.001 },
      views: [
        { kind: "numbers", of: ["begin", "promised", "real"], digits: 5 },
        { kind: "surface", u: "v1", v: "v2" },
      ],
      book: "Nielsen, chapter 1",
    },
    {
      say: "one",
      set: { ...START, eta: 1 },
      predict: {
        kind: "choice",
        choices: {
          falls: { of: "real", is: "below", value: -1e-9 },
          stays: { of: "real", is: "near", value: 0, within: 1e-9 },
          rises: { of: "real", is: "above", value: 1e-9 },
        },
      },
      controls: ["eta", "steps"],
    },
    {
      say: "reach",
      set: { ...START, steps: 10 },
      controls: ["eta"],
      target: "eta",
      goal: [{ of: "after", is: "atMost", value: 1e-6 }],
      solution: { ...START, steps: 10, eta: 0.5 },
    },
    {
      say: "edge",
      set: { ...START, eta: 1.1, steps: 50 },
      controls: ["eta"],
      target: "eta",
      goal: [
        { of: "after", is: "atMost", value: 1 },
        { of: "real", is: "above", value: -0.15 },
        { of: "real", is: "below", value: 0 },
        { of: "promised", is: "atMost", value: -6 },
      ],
      solution: { ...START, eta: 0.99, steps: 50 },
    },
  ],
};
