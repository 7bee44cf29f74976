// The words of the lesson `mazur-order`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Update before or after",
  question: "Does it matter in which order weights are changed?",
  says: {
    ask: "Backpropagation takes all gradients of one and the same network, and changes all weights then. Many a program by hand goes layer by layer instead: it changes w₅ to w₈ first, and sends the error back to the hidden layer through the new ones. That is no gradient any more.\n\nAfter 10,000 updates, by how much do the errors of the two orders differ?",
    whose:
      "By about half a thousandth: 3.510188 × 10⁻⁵ for gradients first, 3.508479 × 10⁻⁵ layer by layer; the third digit differs. Here the wrong order does no harm. It is still another algorithm, and whoever compares numbers to the ninth digit meets it.\n\nThe notes print an error of 0.291027924 after one update. Which order gives it? Choose, and run.",
    biases:
      "Layer by layer. With gradients first it is 0.291027774. The notes print weights of the one beside errors of the other.\n\nThe notes also ask for the biases bᵢ, but the example never changes them. Let them learn too, and bring the error after 10,000 updates below 0.000005.",
  },
  names: {
    scheme: "order",
    simultaneous: "all gradients first",
    sequential: "layer by layer",
    biases: "biases",
    fixed: "stay as they are",
    learnt: "learn too",
    updates: "updates",
    error: "error E",
    o1: "out₁",
    o2: "out₂",
    relative: "difference by error",
  },
  choices: {
    large: "by more than 1 %",
    small: "by less than 1 %, but visibly",
    none: "not in the first six digits",
  },
  goals: { whose: "E = 0.291027924", biases: "E at most 0.000005" },
  tables: {
    schemes: {
      caption: "Both orders",
      columns: ["E after 1", "E after all", "out₁", "out₂"],
      rows: ["all gradients first", "layer by layer"],
    },
  },
  spoken:
    "the derivative of E by w 1 is delta o 1 times w 5 plus delta o 2 times w 7, times the slope of h 1, times i 1",
  remark:
    "The last paragraph of the notes mixes both orders. It calls [0.01, 0.99] the original inputs: those are the targets, the inputs are [0.05, 0.10]. And it asks for wᵢ and bᵢ, while the example leaves the biases at 0.35 and 0.60.",
};
