// The lesson `forward-reverse`: a pass for each input, or a pass for each output.

import type { Lesson } from "../lesson.ts";

const START = { inputs: 3, outputs: 1 };

export const lesson: Lesson = {
  id: "forward-reverse",
  notes: ["3:56", "4:327", "4:453"],
  controls: [
    { kind: "number", name: "inputs", min: 1, max: 12, step: 1, isWhole: true },
    { kind: "number", name: "outputs", min: 1, max: 12, step: 1, isWhole: true },
  ],
  views: [{ kind: "numbers", of: ["forward", "reverse", "difference"] }],
  steps: [
    {
      say: "ask",
      set: START,
      controls: [],
      predict: { kind: "number", of: "h5", within: 0.01 },
      views: [
        { kind: "graph", of: "figure", pass: "forward w" },
        { kind: "table", of: "modes", digits: 4 },
      ],
      book: "NNDL 4.5",
    },
    {
      say: "net",
      set: START,
      controls: [],
      predict: {
        kind: "choice",
        choices: {
          two: { of: "parameters", is: "near", value: 2 },
          inputs: { of: "parameters", is: "near", value: 784 },
          parameters: { of: "parameters", is: "near", value: 23_860 },
        },
      },
      views: [{ kind: "numbers", of: ["parameters"] }],
    },
    {
      say: "own",
      set: START,
      target: "forward",
      goal: [{ of: "saved", is: "atLeast", value: 5 }],
      solution: { inputs: 1, outputs: 6 },
    },
  ],
};
