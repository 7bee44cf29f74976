// The lesson `jacobians`: I, diag of the slopes, and the column with a single entry.

import type { Lesson } from "../lesson.ts";

const START = { z1: 0, z2: 2, i: 1, j: 1 };

export const lesson: Lesson = {
  id: "jacobians",
  notes: ["0:39", "4:333", "4:354", "4:366", "4:376"],
  controls: [
    { kind: "number", name: "z1", min: -8, max: 8, step: 0.5 },
    { kind: "number", name: "z2", min: -8, max: 8, step: 0.5 },
    { kind: "number", name: "i", min: 1, max: 2, step: 1, isWhole: true },
    { kind: "number", name: "j", min: 1, max: 3, step: 1, isWhole: true },
  ],
  views: [{ kind: "table", of: "byBias" }],
  steps: [
    {
      say: "ask",
      set: START,
      controls: [],
      predict: {
        kind: "choice",
        choices: {
          number: { of: "axes", is: "near", value: 0 },
          vector: { of: "axes", is: "near", value: 1 },
          identity: { of: "offIdentity", is: "near", value: 0 },
          weights: { of: "offIdentity", is: "above", value: 0 },
        },
      },
      views: [
        { kind: "table", of: "byBias" },
        { kind: "table", of: "byInput" },
      ],
      book: "NNDL 4.4",
    },
    {
      say: "slopes",
      set: START,
      controls: ["z1", "z2"],
      predict: { kind: "number", of: "s2", within: 0.01 },
      views: [
        { kind: "table", of: "byNetInput" },
        { kind: "numbers", of: ["s1", "s2"], digits: 5 },
      ],
      book: "NNDL 4.4",
    },
    {
      say: "shrink",
      set: START,
      controls: ["z1", "z2"],
      views: [
        { kind: "table", of: "byNetInput" },
        { kind: "numbers", of: ["s1", "s2"], digits: 5 },
      ],
      goal: [
        { of: "s1", is: "atMost", value: 0.01 },
        { of: "s2", is: "atLeast", value: 0.2 },
      ],
      solution: { ...START, z1: 5, z2: 0 },
    },
    {
      say: "weight",
      set: START,
      controls: ["i", "j"],
      views: [
        { kind: "table", of: "byOneWeight" },
        { kind: "numbers", of: ["inner", "product", "byRule"], digits: 5 },
      ],
      goal: [{ of: "byRule", is: "atMost", value: -0.15 }],
      solution: { ...START, i: 2, j: 3 },
      book: "NNDL 4.4, (4.61)",
    },
  ],
};
