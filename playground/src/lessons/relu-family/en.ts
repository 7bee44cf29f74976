// The words of the lesson `relu-family`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "ReLU and its relatives",
  question: "What do the variants do where ReLU does nothing?",
  says: {
    ask: "ReLU gives max(0, x). Where x is below 0 its slope is 0: such a unit learns nothing from such an example. Leaky ReLU, ELU and softplus are to mend that.\n\nAt x = −1: which of the four has the largest slope?",
    zero: "At −1 the slopes are 0, 0.01, 0.3679 and 0.2689, the values 0, −0.01, −0.6321 and 0.3133. ELU is the steepest there, with γeˣ.\n\nAt x = 0 ReLU has a corner and no derivative. A program has to give some number there. Which one?",
    fade: "0: the formula of the book, I(x > 0), counts 0 to the left side, and the library does so too. ELU at 0 takes γ, its slope from the left.\n\nELU is no cure without end: its slope fades to the left as γeˣ does. Find the x below 0 where it is 0.1.",
  },
  names: {
    f: "function drawn",
    relu: "ReLU",
    leaky: "Leaky ReLU",
    elu: "ELU",
    softplus: "softplus",
    x: "x",
    leak: "slope of Leaky ReLU left of 0",
    gamma: "γ of ELU",
    value: "value",
    slope: "slope",
    values: "value",
    slopes: "slope",
  },
  choices: {
    relu: "ReLU",
    leaky: "Leaky ReLU",
    elu: "ELU",
    softplus: "softplus",
    none: "0",
    half: "1/2",
    one: "1",
  },
  goals: { fade: "slope = 0.1 left of 0" },
  tables: {
    family: {
      caption: "At the x chosen",
      columns: ["value", "slope"],
      rows: ["ReLU", "Leaky ReLU", "ELU", "softplus"],
    },
  },
  spoken:
    "ReLU is the larger of 0 and x; Leaky ReLU gamma x left of 0; ELU gamma times e to the x minus 1 left of 0; softplus the logarithm of 1 plus e to the x",
  remark:
    "What stands in the table of derivatives, I(x > 0), is a choice at 0: ReLU has none there. And “ReLU solves the vanishing gradient” is too much: it eases it, as the lecture says.",
};
