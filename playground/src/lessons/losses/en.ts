// The words of the lesson `losses`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "What a loss measures",
  question: "How bad is a wrong answer?",
  says: {
    ask: "A loss is one number that says how far the answer a is from the target y. Three are in use here: Nielsen's quadratic cost ½(y − a)²; the mean squared error, which with one output is (y − a)² and is what the book draws in figure 4.9; and the cross-entropy −y ln a − (1 − y) ln(1 − a).\n\nThe target is 1, the answer 0.5. Which of the three is the largest?",
    wrong:
      "They are 0.125, 0.25 and 0.6931: the cross-entropy is the largest, ln 2. How large a loss is matters little by itself; what trains a network is its slope.\n\nNow the answer is quite wrong: a = 0.01 for y = 1. The quadratic cost has the slope a − y = −0.99 there. What is that of the cross-entropy?",
    pair: "−1/a = −100. The cross-entropy punishes confidence in what is wrong, without bound.\n\nNow two outputs, (0.5, 0.2), with the targets (1, 0). Nielsen's quadratic cost is half the sum of squares: ½(0.25 + 0.04) = 0.145. What is the mean of the squares, as Keras takes it?",
    zero: "0.145 as well: with two outputs half the sum is the mean. With one output, or ten, they differ: by factors of ½ and 5.\n\nFor the target 0 the cross-entropy is −ln(1 − a). Find the answer at which it is 0.1054.",
  },
  names: {
    loss: "loss",
    quadratic: "quadratic cost",
    meanSquared: "mean squared error",
    crossEntropy: "cross-entropy",
    y: "target y",
    a: "answer a",
    value: "loss",
    slope: "slope by a",
    quadraticCurve: "quadratic cost",
    meanSquaredCurve: "mean squared error",
    crossEntropyCurve: "cross-entropy",
    pairQuadratic: "half the sum of squares",
    pairMean: "mean of squares",
  },
  choices: {
    quadratic: "quadratic cost",
    meanSquared: "mean squared error",
    crossEntropy: "cross-entropy",
  },
  goals: { zero: "cross-entropy = 0.1054" },
  tables: {
    all: {
      caption: "At the answer chosen",
      columns: ["loss", "slope by a"],
      rows: ["quadratic cost", "mean squared error", "cross-entropy"],
    },
  },
  spoken:
    "half the square of y minus a; the square of y minus a; minus y times the logarithm of a, minus 1 minus y times the logarithm of 1 minus a",
  remark:
    "The notes call the quadratic cost “MSE”. Nielsen's has a factor ½ and a sum over outputs; Keras's mean squared error has no ½ and takes the mean over outputs. The same net with the same learning rate learns at another pace with each.",
};
