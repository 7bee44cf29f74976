// The words of the lesson `algorithm-41`.

import type { LessonText } from "../lesson.ts";

export const text: LessonText = {
  title: "Algorithm 4.1, line by line",
  question: "When does the algorithm change a weight, and when does it stop?",
  says: {
    ask: "Algorithm 4.1: draw W and b (line 1); shuffle the N examples (3); for each of them (4-5) go forward (6), carry the errors back (7), take the derivatives (8-9), change W and b (10-11); until the error on the validation set no longer falls (13).\n\nHere a 2-5-1 network learns two moons from N = 640 examples. How many times is W changed in one pass through lines 3 to 12?",
    decay:
      "640 times, once for each example, in line 10. It stops after 2 epochs and has 83.5 % of 200 unseen points right.\n\nLine 10 takes α(δaᵀ + λW) off W. With α = 0.2 and λ = 0.01, and the data aside: what is left of W after one update, as a factor?",
    stop: "1 − αλ = 0.998, in every update. In an epoch of 640 updates the decay alone would leave 0.278 of a weight: λ is not divided by N here, and a value that is mild elsewhere is a strong one.\n\nWith α = 0.01 the algorithm stops after its first epoch, with 45.5 % right: the error did not fall at once, and line 13 asks no more than that. Change the rate, or let it wait some epochs, and reach 80 %.",
  },
  names: {
    alpha: "learning rate α",
    lambda: "λ",
    patience: "epochs that it waits",
    seed: "seed",
    updates: "updates of W in an epoch",
    epochs: "epochs until it stops",
    test: "share of the test set right",
    kept: "what λ leaves of W",
    apart: "largest difference from automatic differentiation",
    errorCurve: "part of the validation set that is wrong",
    epoch: "epoch",
    error: "wrong",
  },
  choices: { one: "once", ten: "10 times", each: "640 times" },
  goals: { stop: "at least 80 % of the test set" },
  spoken: "W becomes W minus alpha times the sum of delta a transposed and lambda W",
  remark:
    "Lines 8 and 9 print 𝓛(y, y); meant is the loss of the target y and the answer ŷ. In the slides the error term has the number (4.63), in the book of April 2019 it is (4.60). In the list of steps of the other note zˡ = wˡaˡ⁻¹ lacks + bˡ, and ∂ stands for σ.",
};
