// The words of the lesson `sigmoid-tanh`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Sigmoids: from a step to a smooth curve",
  question: "Where does a sigmoid neuron learn, and where does it hardly?",
  says: {
    ask: "The logistic function σ(z) = 1 / (1 + e⁻ᶻ) rises from 0 to 1. What a neuron learns goes in proportion to its slope σ′(z).\n\nDraw that slope: where is it largest, and how large is it there?",
    tanh: "The slope is largest at 0, and only 1/4 there; beyond |z| = 6 it is below 0.0025. tanh goes from −1 to 1 and has its middle at 0. It is the same curve, stretched: tanh z = 2σ(2z) − 1.\n\nHow many times as steep as the logistic function is tanh at 0?",
    step: "Four times: 1 against 1/4. Now let a neuron multiply its weight and bias by c: it gives σ(cz), and the larger c, the nearer it comes to the perceptron's step.\n\nChoose c so that at |z| = 0.1 the neuron is within 0.01 of the step.",
    zero: "The slope goes to 0 at both sides without ever being 0, in mathematics. A computer's numbers end somewhere: in float32, which networks mostly compute in, 1 − σ(z) is rounded to 0.\n\nFind a z at which the slope is exactly 0 in float32.",
  },
  names: {
    z: "net input z",
    c: "factor c",
    value: "value",
    sigma: "σ(z)",
    slope: "σ′(z)",
    tanh: "tanh z",
    tanhSlope: "tanh′ z",
    twice: "2σ(2z) − 1",
    ratio: "tanh′(0) / σ′(0)",
    gap: "distance from the step at z = 0.1",
    slope32: "σ′(z) in float32",
    sigmaCurve: "σ",
    slopeCurve: "σ′",
    tanhCurve: "tanh",
    tanhSlopeCurve: "tanh′",
    stepCurve: "σ(cz)",
  },
  goals: { step: "distance at most 0.01", zero: "σ′(z) = 0 in float32" },
  spoken: "sigma of z is 1 by 1 plus e to the minus z; its slope is sigma times 1 minus sigma",
  remark:
    "One of the notes says of saturating functions that f′(x) = 0; that is a limit, for x without bound. Another calls the exponential a high “time complexity”: it is a constant factor for each unit, whatever the size of the network.",
};
