// The words of the lesson `linear-collapse`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Layers without activation are one layer",
  question: "What do more layers help, if none of them bends?",
  says: {
    ask: "A disc of points lies inside a ring. One layer, σ(xW + b), gets 59 % of the points right: no line parts them.\n\nNow three layers: two hidden ones of 8 units each, without an activation function, and the output. How much better is that?",
    bend: "Not at all, to the last point. (xW₁ + b₁)W₂ + b₂ = x(W₁W₂) + (b₁W₂ + b₂): two matrices are one matrix, and so are four. With whole numbers, where nothing is rounded, the difference between four layers and their product is exactly 0.\n\nGive the hidden layers an activation that bends, and run: at least 99 % right.",
  },
  names: {
    activation: "activation of the hidden layers",
    linear: "none (linear)",
    tanh: "tanh",
    relu: "ReLU",
    hidden: "hidden layers of 8 units",
    steps: "steps of gradient descent",
    one: "right with one layer (share)",
    right: "right with this network (share)",
    better: "how much better",
    difference: "four linear layers − their product",
  },
  choices: { much: "much better: by more than 10 %", little: "a little", none: "not at all" },
  goals: { bend: "99 % right" },
  spoken:
    "x times W 1 plus b 1, times W 2, plus b 2, is x times the product of W 1 and W 2, plus b",
};
