// The words of the lesson `gates`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Perceptrons, gates, a half adder",
  question: "What can one perceptron decide, and what can several?",
  says: {
    ask: "A perceptron fires, that is answers 1, where w₁x₁ + w₂x₂ + b > 0. In the plane of its inputs that is one side of a straight line.\n\nHow many of the four gates AND, OR, NAND and NOT can one perceptron be?",
    nand: "All four: the perceptron rule finds weights for each. Now by hand: the weights shown make AND. Turn them into NAND, which answers 0 only where both inputs are 1.\n\nAll four rows of the table are to be right.",
    adder:
      "NAND is enough to build every other gate. A half adder adds two bits: its sum is 1 where exactly one of them is, its carry where both are. It takes five NANDs: n = NAND(x₁, x₂), then NAND(NAND(x₁, n), NAND(x₂, n)) for the sum and NAND(n, n) for the carry.\n\nHere your perceptron stands in all five places. Set it so that all four rows add up.",
  },
  names: {
    gate: "gate",
    and: "AND",
    or: "OR",
    nand: "NAND",
    w1: "w₁",
    w2: "w₂",
    b: "b",
    right: "rows right, of 4",
    added: "rows added right, of 4",
    possible: "gates that the perceptron rule learns, of 4",
    yes: "yes",
    no: "no",
  },
  choices: { two: "two", three: "three", four: "all four" },
  goals: { nand: "4 of 4 rows of NAND", adder: "4 of 4 rows of the half adder" },
  tables: {
    truth: { caption: "The truth table", columns: ["x₁", "x₂", "wanted", "answered"] },
    adder: { caption: "The half adder", columns: ["x₁", "x₂", "sum", "carry", "right"] },
  },
  spoken: "fires where w 1 x 1 plus w 2 x 2 plus b is greater than 0",
};
