// Kernels of the ops that are no plain loops over elements.

import type { Node } from "../../../../ir/graph.ts";
import type { OpOf } from "../../lower/kinds.ts";
import type { ArrayPlace } from "../../memory/place.ts";
import { argmax, argsort, cumsum } from "./along.ts";
import { concat, gather, pad } from "./copy.ts";
import { maxPool, poolPut, poolTake } from "./pool.ts";
import { randomBits } from "./random.ts";
import { scatterAdd, scatterMax } from "./scatter.ts";
import type { Special, SpecialKernel } from "./special.ts";

export { copyKernel } from "./copy.ts";

/** What makes a kernel, for code that handles all of them alike. */
export type AnySpecial = (node: Node) => SpecialKernel<readonly ArrayPlace[]>;

export const SPECIAL: { readonly [N in OpOf<"special">]: Special<N> } = {
  concat,
  pad,
  gather,
  scatterAdd,
  scatterMax,
  argmax,
  cumsum,
  argsort,
  randomBits,
  maxPool,
  poolTake,
  poolPut,
};
