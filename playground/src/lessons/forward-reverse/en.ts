// The words of the lesson `forward-reverse`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Forward and reverse mode",
  question: "From which end are the factors of the chain rule multiplied?",
  says: {
    ask: "The derivatives of figure 4.8 can be multiplied from either end. Forward mode begins at an input, here w with 1, and asks of each step: how does it change with w? It finds 1, 1, −1, −1, −1 and at the end 0.25.\n\nReverse mode begins at the end, h₆, with 1, and asks of each step: how does the end change with it? The last step is h₆ = 1/h₅, and h₅ = 2. What arrives at h₅?",
    net: "−1/2² = −0.25. Then −0.25, −0.25, 0.25, 0.25, and at w 0.25: the same as forward. But the reverse pass has found the derivatives by x and b as well, forward mode needs a pass for each.\n\nA 784-30-10 network has one loss, and its weights and biases are the inputs. Reverse mode needs one pass. How many does forward mode need?",
    own: "23,860, a pass for each parameter, against one. That is why networks are trained by the reverse mode; backpropagation is its name there.\n\nIt is not always the better one. Choose a function (the powers of the product of its inputs) for which forward mode saves at least 5 passes.",
  },
  names: {
    inputs: "inputs",
    outputs: "outputs",
    forward: "passes of forward mode",
    reverse: "passes of reverse mode",
    saved: "passes that forward mode saves",
    difference: "largest difference between the two Jacobians",
    h5: "∂h₆/∂h₅",
    parameters: "passes of forward mode for 784-30-10",
  },
  choices: { two: "2, one a layer", inputs: "784", parameters: "23,860" },
  goals: { own: "at least 5 passes fewer by forward mode" },
  tables: {
    modes: {
      caption: "Figure 4.8 from both ends",
      columns: ["∂h/∂w, forward", "∂h₆/∂h, reverse"],
      rows: ["h₁", "h₂", "h₃", "h₄", "h₅", "h₆"],
    },
  },
  spoken:
    "the derivative of h 6 by w is the product of the derivatives of the six steps, each by the one before",
  remark:
    "The notes say it rightly: backpropagation is only a special form of automatic differentiation. Which form: the reverse mode, applied to a network of layers.",
};
