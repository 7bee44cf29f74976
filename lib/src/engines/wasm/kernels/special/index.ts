// Kernels of the ops that are no plain loops over elements.

import type { Node } from "../../../../ir/graph.ts";
import type { OpName } from "../../../../ir/op-table.ts";
import type { OpOf } from "../../lower/kinds.ts";
import type { Place } from "../../memory/place.ts";
import type { Kernel } from "../kernel.ts";
import { argmax, argsort, cumsum } from "./along.ts";
import { concat, gather, pad } from "./copy.ts";
import { maxPool, poolPut, poolTake } from "./pool.ts";
import { randomBits } from "./random.ts";
import { scatterAdd } from "./scatter.ts";

export { copyKernel } from "./copy.ts";

/** Makes the kernel of a node from whole arrays in row-major order. */
export type SpecialKernel<N extends OpName> = (
  node: Node<N>,
  inputs: readonly Place[],
  outputs: readonly Place[],
) => Kernel;

export const SPECIAL: { readonly [N in OpOf<"special">]: SpecialKernel<N> } = {
  concat,
  pad,
  gather,
  scatterAdd,
  argmax,
  cumsum,
  argsort,
  randomBits,
  maxPool,
  poolTake,
  poolPut,
};
