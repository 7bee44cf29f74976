// NNDL's figure 4.9 as sections of a page: both losses over both weights, with the descents of two optimizers.

import { surface49 } from "neurite/books";
import { descentOn, planeOfTwo } from "neurite/inspect";
import type { Section } from "../report/page.ts";
import { surfaceFigures } from "./surface-figures.ts";

const LOSSES = {
  squared: "Squared error, (1 - y)^2",
  negativeLog: "Cross-entropy, -ln y",
} as const;

/** On the side of the hill: from here both ways bend. */
const START = [-1, -4] as const;
const STEPS = 100;

const OPTIMIZERS = [
  { name: "sgd", learningRate: 0.5 },
  { name: "adam", learningRate: 0.1 },
] as const;

/** One section for each loss. @param range of both weights */
export function figure49Sections([from, to]: readonly number[] = [-5, 5]): Section[] {
  const lead = `<p>y = sigma(w2 sigma(w1 x)) for one example, x = 1 with the target 1 (NNDL, figure 4.9). The squared error is
a plateau below 1; the cross-entropy goes on rising, so that its slope is not lost where the answer is most wrong. Both
bend upwards here and downwards there: the problem is not convex. Neither has a point where the slope is 0, since
the derivative by w2 never is. Paths: ${STEPS} steps of gradient descent (rate 0.5) and of Adam (rate 0.1).</p>`;
  return (["squared", "negativeLog"] as const).map((loss, i) => {
    const objective = surface49.objective(loss);
    const paths = OPTIMIZERS.map((optimizer) =>
      descentOn(objective, planeOfTwo(), { optimizer, start: START, steps: STEPS }),
    );
    const figures = surfaceFigures(
      LOSSES[loss],
      surface49.surface(loss, { from: from!, to: to!, count: 61 }),
      { paths },
    );
    return { title: LOSSES[loss], html: i === 0 ? `${lead}\n${figures}` : figures };
  });
}
