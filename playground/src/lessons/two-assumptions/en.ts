// The words of the lesson `two-assumptions`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Two assumptions on the cost",
  question: "What must hold of a cost, for backpropagation to find its gradient?",
  says: {
    ask: "Backpropagation makes two assumptions. First, the cost is the mean of costs of single examples, C = 1/n Σ Cₓ: then the gradient of all is the mean of the gradients of each. Second, Cₓ is a function of the outputs aᴸ alone.\n\nTwo changes are often made: net inputs normalised by their mean and variance over the batch; and a penalty λ/2 ‖w‖², L2. Which breaks which assumption?",
    first:
      "Normalising breaks the first: what one example gives then depends on which others are in its batch. Backpropagation still works, but over the whole batch at once.\n\nChoose the cost with which the gradient of all is not the mean of the gradients.",
    second:
      "L2 breaks the second: λ/2 ‖w‖² is a function of the weights, whatever the outputs are. Its gradient λw is added beside what is propagated back. The mean of gradients is not disturbed.\n\nThe larger of the two weights is 0.7 in size. Make the gradient beside the outputs 0.35.",
  },
  names: {
    cost: "cost",
    quadratic: "quadratic",
    batch: "net inputs normalised over the batch",
    l2: "quadratic with L2",
    lambda: "λ of L2",
    gap: "gradient of the mean − mean of the gradients",
    beside: "gradient with the outputs held",
    pattern: "pattern",
  },
  choices: {
    none: "neither breaks any",
    batchFirst: "normalising the first, L2 the second",
    batchSecond: "normalising the second, L2 the first",
    both: "both break both",
  },
  goals: {
    first: "the two gradients apart by more than 0.001",
    second: "gradient with the outputs held = 0.35",
  },
  tables: {
    all: {
      caption: "Largest entry in size; what is below 10⁻¹⁴ is rounding",
      columns: ["off the mean by", "beside the outputs"],
      rows: ["quadratic", "normalised over the batch", "quadratic with L2"],
    },
  },
  spoken: "C is the mean over the examples of C x, and C x is a function of the outputs a L",
  remark:
    "Nothing in the notes is wrong here, but they stop short: with L2 the cost is no function of the outputs any more, and its part of the gradient is simply added.",
};
