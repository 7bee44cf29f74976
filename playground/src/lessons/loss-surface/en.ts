// The words of the lesson `loss-surface`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Not convex: figure 4.9",
  question: "What does the loss of the smallest deep network look like?",
  says: {
    ask: "y = σ(w₂ σ(w₁ x)) has two layers of one unit each. For x = 1 and the target 1 its loss is a surface over (w₁, w₂); figure 4.9 shows it for the squared error (1 − y)² and for −ln y.\n\nAt (0, 0) the loss is 0.6931. Is that place a minimum?",
    hill: "It is neither a minimum nor a saddle: ∂L/∂w₂ = −0.25 there, so the surface slopes. It bends up one way and down another: the eigenvalues of the Hessian are 0.1601 and −0.0976. A function that bends down anywhere is not convex.\n\nNow the far corner w₁ = 5, w₂ = −5. How large is −ln y there?",
    valley:
      "4.9735, against 0.9862 for the squared error, which cannot exceed 1 and lies almost flat there. This surface has no critical point at all, since ∂L/∂w₂ is nowhere 0: what is low lies outwards, without end.\n\nGo down until −ln y is at most 0.001.",
  },
  names: {
    loss: "loss",
    squared: "squared error",
    negativeLog: "−ln y",
    w1: "w₁",
    w2: "w₂",
    value: "loss",
    byW1: "∂L/∂w₁",
    byW2: "∂L/∂w₂",
    least: "least eigenvalue of the Hessian",
    most: "largest eigenvalue",
    leastCurve: "where it bends least",
    mostCurve: "where it bends most",
    t: "distance from the place",
    zero: "0",
  },
  choices: { minimum: "a minimum", saddle: "a saddle", neither: "neither: it slopes there" },
  goals: { valley: "−ln y at most 0.001" },
  tables: { hessian: { caption: "Hessian", columns: ["w₁", "w₂"], rows: ["w₁", "w₂"] } },
  spoken: "y is sigma of w 2 times sigma of w 1 x",
  remark:
    "The notes say that there is no global optimum. A loss that is bounded below has an infimum, 0 here; what is not promised is to reach or to find it. Another note prints σ(w 2 σ(w 1 x)): the digits are indices, w₂ and w₁.",
};
