// Random search (Bergstra and Bengio 2012): every trial drawn by itself.

import { DEFAULT_TRIALS, type Strategy } from "../strategy.ts";
import { drawValues } from "./drawn.ts";

export const randomSearch: Strategy = (plan, trials) => {
  if (trials.length >= (plan.search.trials ?? DEFAULT_TRIALS)) return null;
  const values = drawValues(plan, trials);
  return values && { id: trials.length, values, epochs: plan.epochs };
};
