// The words of the lesson `neuron`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "A neuron: net input and activation",
  question: "What does one neuron do with the numbers that come in?",
  says: {
    ask: "Two inputs come in, x = (1, 2). The weights are w = (0.5, −0.25) and the bias is b = 0.1. The neuron adds up w₁x₁ + w₂x₂ + b, which is its net input z, and gives a = σ(z).\n\nBefore you calculate: is the activation a above one half?",
    sum: "The two products cancel, 0.5 and −0.5, so that z is the bias alone: z = 0.1 and a = 0.52498. The sigmoid is one half exactly where z = 0, so the sign of the net input decides on which side of one half the neuron comes down.\n\nMove weights or bias until z is 0.",
    guess:
      "Now the other way round: which bias gives a = 0.75? Try it, or solve σ(z) = 3/4: it asks for z = ln 3.",
  },
  names: {
    x1: "x₁",
    x2: "x₂",
    w1: "w₁",
    w2: "w₂",
    b: "b",
    p1: "w₁x₁",
    p2: "w₂x₂",
    z: "net input z",
    a: "activation a",
  },
  choices: { above: "above one half", half: "exactly one half", below: "below one half" },
  goals: { sum: "z = 0", guess: "a = 0.75" },
  spoken: "a is sigma of z; z is w 1 times x 1 plus w 2 times x 2 plus b",
  remark:
    "One of the notes writes the activation function as δ; everywhere else δ is the error term ∂C/∂z, as here. And in its wʲxʲ the j is an index that counts the inputs, not a power.",
};
