// The words of the lesson `bp-equations`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "The error term, and BP1 to BP4",
  question: "How does one backward pass find the slope of every weight?",
  says: {
    ask: "The error term of a unit is δ = ∂C/∂z: how the cost changes with the unit's net input. Once every δ is known, every slope is one product: ∂C/∂w = δ of the unit above × a of the unit below (BP4).\n\nThe net shown is to answer (0, 1) and answers about (0.66, 0.63); its hidden activations are about 0.69 and 0.58. Which of the four weights of the output layer has the steepest slope?",
    vanish:
      "The first output is further off, so its δ is larger in size (0.148 against −0.087), and a₁ is larger than a₂: the steepest is w₁₁. The table shows all eight slopes, by the four equations and by automatic differentiation: they agree to the last digit.\n\nBP1 says δ = (a − y) σ′(z) at the output. Move the target y₁ until the error term of the first output is gone, within 0.001.",
    cross:
      "An error term vanishes where the answer is right, or, as a warning, where the unit is saturated and σ′(z) is near 0. The cross-entropy is built so that the slope cancels at the output: there δ = a − y.\n\nChoose the cost with which the first error term is at least 0.5.",
  },
  names: {
    cost: "cost",
    quadratic: "quadratic",
    crossEntropy: "cross-entropy",
    y1: "target y₁",
    y2: "target y₂",
    costNow: "C",
    delta1: "δ of output 1",
    delta2: "δ of output 2",
    difference: "equations − automatic differentiation",
    largest: "steepest",
  },
  choices: {
    w11: "w₁₁, from hidden 1 to output 1",
    w12: "w₁₂, from hidden 2 to output 1",
    w21: "w₂₁, from hidden 1 to output 2",
    w22: "w₂₂, from hidden 2 to output 2",
  },
  goals: { vanish: "δ of output 1 = 0, within 0.001", cross: "δ of output 1 at least 0.5" },
  tables: {
    weights: {
      caption: "Weights and slopes; the output layer first",
      columns: ["weight", "by BP1 to BP4", "automatic"],
      rows: [
        "w₁₁ output",
        "w₁₂ output",
        "w₂₁ output",
        "w₂₂ output",
        "w₁₁ hidden",
        "w₁₂ hidden",
        "w₂₁ hidden",
        "w₂₂ hidden",
      ],
    },
  },
  spoken:
    "BP1: delta at the output is the gradient of C by a, times sigma prime of z. BP2: delta is the weighted sum of the deltas above, times sigma prime of z. BP3: the slope by a bias is delta. BP4: the slope by a weight is a below times delta above",
  remark:
    "In the notes' BP1 the left side has lost its index, δᴸ for δⱼᴸ, and C is set as ∁. What they call 残差 (residual) is the error term (误差项). And the two equation numbers (4.60) and (4.63) are one equation, BP2, in two editions of the book.",
};
