// Gradients of a loss, and which parameters it reaches at all: where none, nothing can be learnt.

import { runGraph } from "../interpreter/apply.ts";
import { placeOf, settle } from "../interpreter/roots.ts";
import { one } from "../values/numbers.ts";
import type { Tensor } from "../values/tensor.ts";
import { flattenTree, mapTree } from "../values/tree.ts";
import { runOnRoots } from "./autodiff.ts";
import { reverse } from "./differentiate.ts";

export interface Gradients<P, A> {
  readonly loss: Tensor;
  readonly aux: A;
  /** A tree like the parameters. */
  readonly gradients: P;
  /**
   * For each tensor of that tree, in its order, whether a derivative reaches it. False says that its
   * gradient is 0 whatever the numbers: through comparisons, rounding and constants nothing flows.
   */
  readonly reached: readonly boolean[];
}

/** As `valueAndGrad` with `hasAux`, for a function of one tree. */
export function gradientsOf<P, A>(
  f: (params: P) => readonly [loss: Tensor, aux: A],
  params: P,
): Gradients<P, A> {
  const flat = flattenTree(params);
  const { roots, result } = runOnRoots("grad", flat, (tree) => f(tree as P));
  const [loss] = result as readonly [Tensor, A];
  const map = reverse(roots.map(placeOf), [placeOf(loss)]);
  const gradients = runGraph(map.graph, [...map.saved, one(loss.dtype)]);
  const [value, aux] = mapTree(settle, result) as readonly [Tensor, A];
  return {
    loss: value,
    aux,
    gradients: flat.rebuild(gradients.map(settle)) as P,
    reached: map.reached,
  };
}
