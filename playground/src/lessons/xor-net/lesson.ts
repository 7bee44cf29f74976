// The lesson `xor-net`: two hidden units are enough for exclusive or.

import { XOR } from "../../state/index.ts";
import type { Lesson } from "../lesson.ts";

export const lesson: Lesson = {
  id: "xor-net",
  notes: ["1:15", "4:280"],
  steps: [
    {
      say: "ask",
      settings: XOR,
      predict: { choices: ["one", "two", "three"], right: "two" },
      book: "NNDL 4.3",
    },
    {
      say: "run",
      settings: XOR,
      goal: { measure: "accuracy", is: "atLeast", value: 1, withinSteps: 2000 },
    },
  ],
};
