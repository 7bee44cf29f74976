// The words of the lesson `softmax`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Softmax and log-likelihood",
  question: "How do several outputs share one?",
  says: {
    ask: "Softmax makes probabilities of net inputs: aⱼ = e^zⱼ / Σ e^zₖ. They are all above 0 and add up to 1. From z = (3, 1, −3) come a = (0.8789, 0.1189, 0.0022).\n\nz₁ is raised by 1. What do the other two outputs do?",
    back: "They become 0.0474 and 0.0009: both fall to the same share of what they were, 0.398, and 0.0715 and 0.0013 go over to the first, which is 0.9517 now. z₂ and z₃ have not been touched; yet a₂/a₃ depends on them alone.\n\nThe right class is the first, and the loss is −ln a₁, which at a₁ = 0.8789 is 0.1291. What is ∂L/∂z₁ there?",
    two: "a₁ − 1 = −0.1211; and for the others a₂ − 0 and a₃ − 0. The whole gradient is a − y, as with one sigmoid and the cross-entropy. That is no chance: softmax over (z, 0) is σ(z).\n\nOf two outputs with net inputs z₁ and 0, bring the first to 0.75.",
    open: "z₁ = ln 3, as with the sigmoid. One question is left: can a softmax output be 1?\n\nNot in mathematics, for every e^z is above 0. In float32 it can, by rounding: raise z₁ until it is.",
  },
  names: {
    z1: "z₁",
    z2: "z₂",
    z3: "z₃",
    output: "output",
    a1: "a₁",
    loss: "−ln a₁",
    slope1: "∂L/∂z₁",
    two: "first output of softmax(z₁, 0)",
    sigma: "σ(z₁)",
    a1in32: "a₁ in float32",
    a1Curve: "a₁",
    a2Curve: "a₂",
    a3Curve: "a₃",
  },
  choices: {
    stay: "they stay",
    amount: "both lose the same amount",
    share: "both lose the same share of what they were",
  },
  goals: { two: "first output = 0.75", open: "a₁ = 1 in float32" },
  tables: {
    units: {
      caption: "The three outputs; y = (1, 0, 0)",
      columns: ["z", "a", "a with z₁ + 1", "∂L/∂z", "a − y"],
      rows: ["1", "2", "3"],
    },
  },
  spoken: "a j is e to the z j, divided by the sum of e to the z k",
  remark:
    "The notes give the range as {0, 1}, a set of two numbers; it is the open interval (0, 1). And what they call the maximum-likelihood cost is the negative log-likelihood: it is minimised.",
};
