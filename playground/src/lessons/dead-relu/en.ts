// The words of the lesson `dead-relu`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Dying ReLU",
  question: "When does a ReLU unit die, and which relatives come back?",
  says: {
    ask: "A ReLU unit with w = 1, b = 0 works on inputs from 0 to 1. One stray example comes by: x = 20, with the target 0. The unit answers 20; the gradient of ½a² is 400 for w and 20 for b. One step of gradient descent follows, at the rate η = 0.01.\n\nOf the places from 0 to 1, at how many is the unit active afterwards?",
    falls:
      "At none: w = −3, b = −0.2, and the net input is below 0 everywhere. There the slope is 0, so no example from 0 to 1 moves the unit again: it is dead. It takes η ≥ 1/420 for that.\n\nHow far does w fall at η = 0.1?",
    gently:
      "1 − 0.1 · 400 = −39, while b goes to −2: the weight falls x = 20 times as far as the bias.\n\nFind a rate at which the unit does learn from the example (w < 0.9) and stays active at 90 % of the places.",
    back: "Now the unit, struck at η = 0.01, is trained for 2,000 steps to give y = x on all of [0, 1]. A dead ReLU does not stir: its gradient is 0, its loss stays.\n\nChoose an activation with which it comes back to a loss of at most 0.0001.",
  },
  names: {
    activation: "activation",
    relu: "ReLU",
    leaky: "Leaky ReLU, γ = 0.01",
    elu: "ELU, γ = 1",
    eta: "learning rate η of the stray example",
    steps: "steps of training on [0, 1]",
    x: "x",
    output: "output",
    w: "w after the step",
    b: "b after the step",
    alive: "share of places where it is active",
    gradient: "size of the gradient on [0, 1]",
    loss: "loss after training",
    beforeCurve: "before",
    hitCurve: "after the stray example",
    endCurve: "after training",
  },
  choices: { all: "at nearly all", half: "at about half", none: "at none" },
  goals: { gently: "w < 0.9, active at 90 %", back: "loss at most 0.0001" },
  spoken:
    "w goes down by eta times a times f prime of z times x; f prime of z is 1 where z is above 0, and 0 where it is below",
  remark:
    "The notes say that where x < 0 the unit dies. One example with a negative net input kills nothing; a unit is dead when its net input is below 0 on all the training data. And where they say b becomes very small, it is the weight that falls |x| times as far.",
};
