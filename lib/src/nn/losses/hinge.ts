// Margin losses: no penalty once the right side wins by 1.

import { equal, where } from "../../tensor/comparison.ts";
import { add, maximum, mul, sub } from "../../tensor/elementwise.ts";
import { max, sum } from "../../tensor/reduce.ts";
import { type LossFamily, lossFamily, meanOutputs } from "./loss.ts";

/** The average of max(0, 1 - y a) over outputs, for targets -1 and 1; 0 and 1 stand for these. */
export const hinge: LossFamily = lossFamily({
  defaults: {},
  targets: "signs",
  predictions: "scores",
  perExample: (y, a) => {
    const side = where(equal(y, 0), -1, y);
    return meanOutputs(maximum(sub(1, mul(side, a)), 0));
  },
});

/** max(0, 1 + the largest wrong score - the right score), for one-hot targets. */
export const categoricalHinge: LossFamily = lossFamily({
  defaults: {},
  targets: "oneHot",
  predictions: "scores",
  perExample: (y, a) => {
    const right = sum(mul(y, a), -1);
    const wrong = max(mul(sub(1, y), a), -1);
    const gap = add(sub(wrong, right), 1);
    return meanOutputs(maximum(gap, 0));
  },
});
