// The words of the lesson `computation-graph`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "The computation graph of figure 4.8",
  question: "How does a program find a derivative?",
  says: {
    ask: "f(x; w, b) = 1 / (exp(−(wx + b)) + 1) is taken apart into six small steps, h₁ = wx, h₂ = h₁ + b, h₃ = −h₂, h₄ = exp h₃, h₅ = h₄ + 1, h₆ = 1/h₅. Each has a derivative that everybody knows; the chain rule multiplies them along the way.\n\nFigure 4.8 stands at x = 1, w = 0, b = 0. What is ∂f/∂x there?",
    paths:
      "0: from h₁ = wx back to x the factor is w, and w is 0. The others get 0.25 each. Values go down the table, derivatives up: 1 at h₆, −1/h₅² = −0.25 at h₅, and so on.\n\nWhere a value is used several times, what comes back along the paths is added. What is the derivative of x·x + x at x = 3?",
    move: "7: 1 from the sum, 3 and 3 from the two places in the product. Forgetting one of the paths is the commonest mistake in a backpropagation written by hand.\n\nBack in the figure, at x = 1: choose w and b so that ∂f/∂w stays 0.25 and ∂f/∂x is at least 0.2.",
  },
  names: {
    x: "x",
    w: "w",
    b: "b",
    byX: "∂f/∂x",
    byW: "∂f/∂w",
    byB: "∂f/∂b",
    twice: "derivative of x·x + x",
  },
  goals: { move: "∂f/∂w = 0.25 and ∂f/∂x at least 0.2" },
  tables: {
    steps: {
      caption: "The six steps",
      columns: ["value", "∂f/∂h"],
      rows: ["h₁ = wx", "h₂ = h₁ + b", "h₃ = −h₂", "h₄ = exp h₃", "h₅ = h₄ + 1", "h₆ = 1/h₅"],
    },
    paths: {
      caption: "What comes back to x",
      columns: ["product along the path"],
      rows: [
        "through the sum",
        "through the product, first place",
        "through the product, second place",
      ],
    },
  },
  spoken: "the derivative of f by w is the product of the derivatives of the six steps",
  remark:
    "Nothing is wrong here. At this point h₃ is −0, as −h₂ of 0 is in a computer's numbers; it does no harm.",
};
