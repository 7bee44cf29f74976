// Gradients of a loss, and which parameters it reaches at all: where none, nothing can be learnt.

import { prims, runGraph } from "../interpreter/apply.ts";
import { placeOf, rootOf, settle } from "../interpreter/roots.ts";
import { one, scalar } from "../values/numbers.ts";
import type { Tensor } from "../values/tensor.ts";
import { flattenTree, mapTree } from "../values/tree.ts";
import { runOnRoots } from "./autodiff.ts";
import { reverse } from "./differentiate.ts";

export interface ReachedGradients<P, A> {
  readonly loss: Tensor;
  readonly aux: A;
  /** A tree like the parameters. */
  readonly gradients: P;
  /**
   * For each tensor of that tree, in its order, whether a derivative reaches it. False says that its
   * gradient is 0 whatever the numbers: through comparisons, rounding and constants nothing flows.
   */
  readonly reached: readonly boolean[];
  /** By what was probed, in that order. */
  readonly probed: readonly Tensor[];
}

/** The same numbers, and a gradient by them is kept: by this use of them alone, whatever else reads them. */
export type Probe = (inner: Tensor) => Tensor;

/**
 * As `valueAndGrad` with `hasAux`, for a function of one tree, in one pass. What the function hands through
 * `probe` on its way is differentiated by too: a zero is added, and the derivative is by that zero.
 */
export function gradientsOf<P, A>(
  f: (params: P, probe: Probe) => readonly [loss: Tensor, aux: A],
  params: P,
): ReachedGradients<P, A> {
  const flat = flattenTree(params);
  const added: Tensor[] = [];
  const { roots, result } = runOnRoots("grad", flat, (tree, scope) => {
    const probe: Probe = (inner) => {
      const zero = rootOf(zerosLike(inner), scope);
      added.push(zero);
      return prims.add(inner, zero);
    };
    return f(tree as P, probe);
  });
  const [loss] = result as readonly [Tensor, A];
  const map = reverse([...roots, ...added].map(placeOf), [placeOf(loss)]);
  const found = runGraph(map.graph, [...map.saved, one(loss.dtype)]).map(settle);
  const [value, aux] = mapTree(settle, result) as readonly [Tensor, A];
  return {
    loss: value,
    aux,
    gradients: flat.rebuild(found.slice(0, roots.length)) as P,
    reached: map.reached.slice(0, roots.length),
    probed: found.slice(roots.length),
  };
}

function zerosLike({ type: { shape, dtype } }: Tensor): Tensor {
  const zero = prims.reshape(scalar(0, dtype), { shape: shape.map(() => 1) });
  return prims.expand(zero, { shape });
}
