// The words of the lesson `what-learns-slowly`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "What learns slowly",
  question: "Is it the size of a weight that makes it learn fast?",
  says: {
    ask: "A sigmoid neuron σ(wx + b) with b = 0 sees the input x = 1 and is to answer 0; its cost is ½a². A step of gradient descent changes w in proportion to ∂C/∂w.\n\nTwo such neurons: one with w = 1.5, one with w = 4. Whose weight learns faster?",
    input:
      "The small one, seven times as fast: 0.1219 against 0.0173. At z = 4 the neuron is saturated: σ′ = 0.01766 against 0.14915 at 1.5.\n\nBy BP4 ∂C/∂w = x δ, with δ = (a − y) σ′(z). Now x = 0, with w = 1.5. What is ∂C/∂w?",
    awake:
      "0: what is multiplied by nothing learns nothing. So a weight learns slowly if the input it is fed is small, or if the neuron it leads to is saturated. Its own size matters only through z.\n\nTake w = 4, x = 1. Leave the weight alone, move the bias, and make the weight learn as fast as it can: |∂C/∂w| ≥ 0.148. (The largest there is, is 4/27, where a = 2/3.)",
  },
  names: {
    w: "w",
    x: "input x",
    b: "b",
    a: "output a",
    slope: "σ′(z)",
    byRule: "(a − y) σ′(z) x",
    gradient: "∂C/∂w",
    speed: "|∂C/∂w|",
    speedCurve: "|∂C/∂w|",
  },
  choices: { small: "w = 1.5", large: "w = 4", same: "both alike" },
  goals: { awake: "|∂C/∂w| at least 0.148" },
  tables: { two: { caption: "Two neurons", columns: ["w", "σ′(z)", "|∂C/∂w|"] } },
  spoken: "the partial derivative by w is x times delta; delta is a minus y times sigma prime of z",
  remark:
    "The notes say “fast learning: large W; slow learning: small W”. That is not so: what is slow is a weight whose input activation is small or whose neuron is saturated. The second line, on small partial derivatives, is right.",
};
