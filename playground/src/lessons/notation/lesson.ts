// The lesson `notation`: two ways to count layers, the shapes of W and b, and what they add up to.

import type { Lesson } from "../lesson.ts";

const NIELSEN = { hidden: 1, units: 30 };

export const lesson: Lesson = {
  id: "notation",
  notes: ["0:27", "1:106", "4:224", "4:240"],
  controls: [
    { kind: "number", name: "hidden", min: 1, max: 4, step: 1, isWhole: true },
    { kind: "number", name: "units", min: 1, max: 100, step: 1, isWhole: true },
  ],
  views: [
    { kind: "numbers", of: ["nndl", "nielsen", "parameters"], digits: 6 },
    { kind: "table", of: "layers", digits: 6 },
  ],
  steps: [
    {
      say: "ask",
      set: NIELSEN,
      controls: [],
      predict: {
        kind: "choice",
        choices: {
          one: { of: "nndl", is: "near", value: 1 },
          two: { of: "nndl", is: "near", value: 2 },
          three: { of: "nndl", is: "near", value: 3 },
        },
      },
      views: [{ kind: "numbers", of: ["nndl", "nielsen"] }],
      book: "NNDL 4.3",
    },
    {
      say: "count",
      set: NIELSEN,
      controls: [],
      target: "parameters",
      predict: { kind: "number", of: "parameters", within: 0 },
      book: "Nielsen, chapter 1",
    },
    {
      say: "deeper",
      set: NIELSEN,
      controls: ["hidden", "units"],
      goal: [
        { of: "nndl", is: "atLeast", value: 4 },
        { of: "parameters", is: "atMost", value: 20_000 },
      ],
      solution: { hidden: 3, units: 20 },
    },
  ],
};
