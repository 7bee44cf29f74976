// The words of the lesson `gradient-descent`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Gradient descent",
  question: "How far down does one step lead, and when does it lead up?",
  says: {
    ask: "A ball lies in the bowl C = v₁² + v₂² at v = (1, 1), where C = 2. The gradient there is ∇C = (2, 2). Gradient descent moves by Δv = −η∇C; with η = 0.01 that is a small step.\n\nHow much does C change by it?",
    one: "The calculus of small steps promises ΔC ≈ −η‖∇C‖² = −0.01 × 8 = −0.08. The step really brings −0.0792: a little less, since the slope gets flatter on the way.\n\nNow take η = 1. The promise is −8. What does C really do?",
    reach:
      "It stays: v = (1, 1) goes to (−1, −1), just as high on the other side, and back again. The promise holds for small steps alone.\n\nFind an η with which C is at most 0.000001 after ten steps.",
    edge: "With η = 0.5 a single step ends at the bottom, because here v goes to (1 − 2η)v. Any η below 1 descends, if only slowly near 1; at 1 nothing changes; above, C explodes.\n\nFind an η near that edge that still descends: a promise of at least −6, a real change between −0.15 and 0, and C lower after 50 steps.",
  },
  names: {
    eta: "learning rate η",
    steps: "steps",
    v1: "v₁",
    v2: "v₂",
    begin: "C at the beginning",
    promised: "−η‖∇C‖², promised",
    real: "ΔC of one step, real",
    after: "C after all steps",
    costs: "C",
    step: "step",
    cost: "C",
    path: "the way of the steps",
  },
  choices: { falls: "it falls", stays: "it stays as it is", rises: "it rises" },
  goals: {
    reach: "C at most 0.000001 after 10 steps",
    edge: "C at most 1 after 50 steps, one step between −0.15 and 0, promise at least −6 down",
  },
  tables: { path: { caption: "The first steps", columns: ["v₁", "v₂", "C"] } },
  spoken:
    "delta v is minus eta times the gradient of C; delta C is about minus eta times the squared norm of the gradient",
  remark:
    "Notes write C ≈ −η∇C²: the Δ and the norm were lost, it is ΔC ≈ −η‖∇C‖². Likewise v = −η∇C is to be Δv = −η∇C, and v₁ … vₘ are not “output variables” but the arguments of C.",
};
