// Kernels of the ops that are no plain loops over elements.

import type { Node } from "../../../../ir/graph.ts";
import type { OpOf } from "../../lower/kinds.ts";
import type { ArrayPlace } from "../../memory/place.ts";
import { argmax } from "./argmax.ts";
import { concat, gather, pad } from "./copy.ts";
import { randomBits } from "./random.ts";
import type { Special, SpecialKernel } from "./special.ts";

export { copyKernel } from "./copy.ts";

/** What makes a kernel, for code that handles all of them alike. */
export type AnySpecial = (node: Node) => SpecialKernel<readonly ArrayPlace[]>;

type Specials = { readonly [N in OpOf<"special">]: Special<N> };

/** Those of the ops that are there from the start. */
const FIRST: Omit<Specials, keyof LateSpecials> = { concat, pad, gather, argmax, randomBits };

/** Those of the others. */
export type LateSpecials = Pick<
  Specials,
  "argsort" | "cumsum" | "maxPool" | "poolPut" | "poolTake" | "scatterAdd" | "scatterMax"
>;

export const SPECIAL: Partial<Specials> = { ...FIRST };

/** From now on these kernels are there too. */
export function bringSpecials(kernels: LateSpecials): void {
  Object.assign(SPECIAL, kernels);
}
