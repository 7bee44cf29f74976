// The words of the lesson `xor-one-line`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "One perceptron cannot do exclusive or",
  question: "How far does a single line get?",
  says: {
    ask: "Exclusive or answers 1 where exactly one of its inputs is 1. The two corners that want 1 lie across from each other.\n\nA perceptron parts the plane by one line. What is the most rows of the four that it can get right?",
    line: "Three: of all perceptrons with whole weights and bias from −4 to 4 none does better, and the four rows contradict each other: (1, 0) and (0, 1) ask for w₁ + w₂ + 2b > 0, (0, 0) and (1, 1) for w₁ + w₂ + 2b ≤ 0.\n\nFind a line that gets three rows right.",
    logistic:
      "Now the perceptron becomes a logistic unit, σ(w₁x₁ + w₂x₂ + b), and learns by gradient descent on the cross-entropy, beginning with your kind of line.\n\nLet it learn. It gives up the line: every output goes to one half, and the loss to ln 2 = 0.6931, that of a coin. To solve exclusive or takes a hidden layer.",
  },
  names: {
    w1: "w₁",
    w2: "w₂",
    b: "b",
    steps: "steps of gradient descent",
    right: "rows right, of 4",
    best: "best of 729 perceptrons",
    loss: "cross-entropy",
  },
  choices: { two: "two", three: "three", four: "all four" },
  goals: { line: "3 of 4 rows", logistic: "loss = ln 2" },
  tables: {
    truth: {
      caption: "Exclusive or",
      columns: ["x₁", "x₂", "wanted", "perceptron", "logistic unit"],
    },
  },
  spoken: "fires where w 1 x 1 plus w 2 x 2 plus b is greater than 0",
};
