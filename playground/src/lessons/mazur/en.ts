// The words of the lesson `mazur`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Backpropagation by hand",
  question: "How does one weight learn from the error at the outputs?",
  says: {
    ask: "A network of two inputs, two hidden units and two outputs is to answer (0.01, 0.99) to the inputs (0.05, 0.10). It answers about (0.75, 0.77): the first output is far too large.\n\nThe weight w₅ = 0.4 leads from the hidden unit h₁ to that output. Gradient descent changes it by −η ∂E/∂w₅. Will w₅ go up or down?",
    chain:
      "The chain rule splits ∂E/∂w₅ into three factors: how the error changes with the output, ∂E/∂out₁ = out₁ − target₁ ≈ 0.741; how the output changes with its net input, out₁(1 − out₁) ≈ 0.187; and how the net input changes with the weight, which is the activation h₁ ≈ 0.593.\n\nHow large is the product?",
    update:
      "The product is 0.0821670. With the learning rate 0.5 the new weight is 0.4 − 0.5 × 0.0821670 = 0.3589164797. All eight weights are changed so, each by its own gradient, and all gradients are taken before any weight is changed.\n\nMake one update: the error is to fall from 0.298371109 to 0.291027774.",
    many: "One update is little. The example goes on for 10,000 of them.\n\nBring the error below 0.000036. With the rate of the example it takes nearly all 10,000 updates; does another rate get there sooner?",
  },
  names: {
    updates: "updates",
    rate: "learning rate η",
    w5: "w₅ to begin with",
    w5now: "w₅",
    error: "error E",
    o1: "out₁",
    o2: "out₂",
    toOut: "∂E/∂out₁",
    toNet: "∂out₁/∂net₁",
    toW5: "∂net₁/∂w₅",
    product: "their product",
    byRule: "∂E/∂w₅ by automatic differentiation",
  },
  choices: { up: "up", down: "down", stays: "it stays" },
  goals: { update: "E = 0.291027774", many: "E at most 0.000036" },
  tables: {
    weights: {
      caption: "Weights and their gradients",
      columns: ["weight", "gradient ∂E/∂w"],
      rows: ["w₁", "w₂", "w₃", "w₄", "w₅", "w₆", "w₇", "w₈"],
    },
  },
  spoken:
    "the derivative of E by w 5 is the derivative of E by out 1, times that of out 1 by net 1, times that of net 1 by w 5",
  remark:
    "The notes print 0.75136079 for the first output; it is 0.75136507. The error after one update that they print, 0.291027924, comes of another order of updating: see the lesson “Update before or after”.",
};
