// The words of the lesson `chain`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Gradients along a chain: vanishing and exploding",
  question: "Does the gradient always get smaller towards the front?",
  says: {
    ask: "Four sigmoid neurons in a row, all with the weight w, and biases that make every net input z. From each neuron back to the one before, the error term is multiplied by w σ′(z).\n\nWith w = 1 and z = 0, how large is ∂C/∂b₁ ÷ ∂C/∂b₄?",
    explode:
      "Three factors of σ′(0) = 1/4: 1/64 = 0.0156. The first neuron learns 64 times as slowly as the last. That is the vanishing gradient.\n\nNow w = 100, with biases that still keep every net input at 0. What becomes of the ratio?",
    balance:
      "It explodes: 25³ = 15,625. What is unstable is the product; it may vanish or explode.\n\nTake z = 2, where σ′ is 0.105. Find the weight at which the ratio is 1, and the whole chain learns alike.",
    window:
      "About 9.5, since 9.5 · 0.105 = 1; at z = 0 it would be 4. So |w σ′| ≥ 1 needs |w| ≥ 4; and a large w itself drives z = wa + b away from 0. Only for inputs a from a narrow window is the factor at least 1.\n\nFind the weight with which the window is widest.",
  },
  names: {
    w: "w",
    z: "net input z",
    factor: "w σ′(z)",
    factorCurve: "w σ′(z)",
    ratio: "∂C/∂b₁ ÷ ∂C/∂b₄",
    window: "width of the window",
    windowCurve: "width of the window",
  },
  choices: { vanish: "it vanishes still", same: "it is 1", explode: "it explodes" },
  goals: { balance: "ratio = 1 within 0.05", window: "width at least 0.4476" },
  tables: {
    biases: {
      caption: "From the first neuron to the last",
      columns: ["∂C/∂b", "over ∂C/∂b₄"],
      rows: ["b₁", "b₂", "b₃", "b₄"],
    },
  },
  spoken: "the derivative by b 1 is that by b 4, times w sigma prime of z, three times over",
  remark:
    "The notes end with “the earlier the layer, the smaller the gradient”. That holds where |w σ′| < 1, which is usual; a few lines before they say themselves that gradients either explode or vanish.",
};
