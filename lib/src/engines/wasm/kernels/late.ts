// Kernels of the ops that not every network is made of.

import { argsort, cumsum } from "./special/along.ts";
import type { LateSpecials } from "./special/index.ts";
import { maxPool, poolPut, poolTake } from "./special/pool.ts";
import { scatterAdd, scatterMax } from "./special/scatter.ts";

export { convKernel } from "./conv/index.ts";

export const LATE_SPECIALS: LateSpecials = {
  argsort,
  cumsum,
  maxPool,
  poolPut,
  poolTake,
  scatterAdd,
  scatterMax,
};
