// Losses of regression: functions of the difference between prediction and target.

import { positive } from "../../checks/arguments.ts";
import { abs, clip, mul, square, sub } from "../../tensor/elementwise.ts";
import { type LossFamily, lossFamily, meanOutputs, sumOutputs } from "./loss.ts";

const OF_VALUES = { defaults: {}, targets: "values", predictions: "values" } as const;

/** Half the squared distance (Nielsen, chapter 1): sum (a - y)^2 / 2. */
export const quadratic: LossFamily = lossFamily({
  ...OF_VALUES,
  perExample: (y, a) => mul(sumOutputs(square(sub(a, y))), 0.5),
});

export const meanSquaredError: LossFamily = lossFamily({
  ...OF_VALUES,
  perExample: (y, a) => meanOutputs(square(sub(a, y))),
});

export const meanAbsoluteError: LossFamily = lossFamily({
  ...OF_VALUES,
  perExample: (y, a) => meanOutputs(abs(sub(a, y))),
});

/** e^2 / 2 up to |e| = delta, then the tangent delta (|e| - delta / 2) (Huber 1964). */
export const huber: LossFamily = lossFamily({
  ...OF_VALUES,
  defaults: { delta: 1 },
  kinds: { delta: positive },
  perExample: (y, a, { delta }) => {
    const e = sub(a, y);
    const near = clip(e, -delta, delta);
    return meanOutputs(mul(near, sub(e, mul(near, 0.5))));
  },
});
