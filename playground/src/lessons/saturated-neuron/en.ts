// The words of the lesson `saturated-neuron`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Cross-entropy and the saturated neuron",
  question: "Why does a neuron that is badly wrong learn so slowly?",
  says: {
    ask: "One sigmoid neuron with one input is to turn 1 into 0. It begins with w = 2, b = 2: its net input is 4, its output 0.98, as wrong as can be.\n\nIt learns for 300 epochs at the rate 0.15, once by the quadratic cost, once by the cross-entropy. Which ends nearer to 0?",
    why: "The cross-entropy ends at 0.0120, the quadratic cost at 0.203, and that one lies flat for the first 150 epochs.\n\nBy the quadratic cost ∂C/∂w = (a − y) σ′(z); by the cross-entropy ∂C/∂w = a − y, since its 1/(a(1 − a)) cancels σ′. At the start σ′(4) = 0.01766. How many times as large is the gradient of the cross-entropy?",
    stuck:
      "56.6 times, 1/0.01766. From w = 0.6, b = 0.9 the neuron is not saturated, and both costs learn: they end at 0.094 and 0.0116.\n\nFind a start from which the quadratic cost is still above 0.9 after 300 epochs while the cross-entropy has come below 0.05.",
  },
  names: {
    w: "w at the start",
    b: "b at the start",
    rate: "learning rate η",
    epochs: "epochs",
    epoch: "epoch",
    output: "output a",
    first: "first output",
    quadratic: "last output, quadratic cost",
    crossEntropy: "last output, cross-entropy",
    byQuadratic: "∂C/∂w, quadratic cost",
    byEntropy: "∂C/∂w, cross-entropy",
    factor: "the one over the other",
    quadraticCurve: "quadratic cost",
    entropyCurve: "cross-entropy",
  },
  choices: { quadratic: "the quadratic cost", entropy: "the cross-entropy", same: "both alike" },
  goals: { stuck: "quadratic at least 0.9, cross-entropy at most 0.05" },
  spoken:
    "by the quadratic cost the gradient is a minus y times sigma prime of z; by the cross-entropy it is a minus y",
  remark:
    "The notes say that without σ′(z) all partial derivatives are large. Only the σ′ of the output layer cancels, that of hidden layers stays; and a − y is itself small wherever the answer is right.",
};
