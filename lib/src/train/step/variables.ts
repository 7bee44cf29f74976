// Trees of tensors as trees of variables, each under a path in a State.

import type { Params } from "../../nn/layers/layer.ts";
import { joinPath, tensorsByPath, tensorsLike } from "../../nn/network/params.ts";
import type { State } from "../../runtime/state/state.ts";
import { Variable } from "../../runtime/state/variable.ts";
import { Tensor } from "../../runtime/values/tensor.ts";

/** A tree whose leaves are variables. */
export interface VariableTree {
  /** Reads as a tree of tensors wherever one is expected. */
  readonly tree: Params;
  /** By path, as in "dense1/w". */
  readonly variables: ReadonlyMap<string, Variable>;
}

/**
 * Variables that start as the tensors of a tree, registered as "prefix/path".
 * @throws ArgumentError for what is neither a tensor nor a record of these
 */
export function makeVariables(
  state: State,
  prefix: string,
  initial: Params,
  trainable: boolean,
): VariableTree {
  tensorsByPath(prefix, initial);
  const variables = new Map<string, Variable>();
  const visit = (params: Params, path: string): Params =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        const at = joinPath(path, name);
        if (!(value instanceof Tensor)) return [name, visit(value, at)];
        const variable = new Variable(value, { trainable, name: at });
        variables.set(at, state.add(`${prefix}/${at}`, variable));
        return [name, variable];
      }),
    );
  return { tree: visit(initial, ""), variables };
}

/**
 * Gives every variable the tensor at its path, in whatever order the tree names them.
 * @param what begins the errors, as in `adam: slots`
 * @throws ArgumentError unless the tree has the variables' paths, ShapeError or DTypeError for a
 * tensor of another type; no variable is changed then
 */
export function assignTree(what: string, { tree, variables }: VariableTree, next: Params): void {
  // All are read before any is written: a tree may hold the variables themselves, changed about.
  const read = [...tensorsLike(what, tree, next)].map(([path, t]) => [path, t.read()] as const);
  for (const [path, tensor] of read) variables.get(path)!.assign(tensor);
}
