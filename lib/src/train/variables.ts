// Trees of tensors as trees of variables, each under a path in a State.

import type { Params } from "../nn/layers/layer.ts";
import type { State } from "../runtime/state.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { flattenTree } from "../runtime/tree.ts";
import { Variable } from "../runtime/variable.ts";

/** A tree whose leaves are variables, kept in the order in which trees are flattened. */
export interface VariableTree {
  /** Reads as a tree of tensors wherever one is expected. */
  readonly tree: Params;
  /** By path, as in "dense1/w". */
  readonly variables: ReadonlyMap<string, Variable>;
}

/** Variables that start as the tensors of a tree, registered as "prefix/path". */
export function makeVariables(
  state: State,
  prefix: string,
  initial: Params,
  trainable: boolean,
): VariableTree {
  const variables = new Map<string, Variable>();
  const visit = (params: Params, path: string): Params =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        const at = path === "" ? name : `${path}/${name}`;
        if (!isTensor(value)) return [name, visit(value, at)];
        const variable = new Variable(value, { trainable, name: at });
        variables.set(at, state.add(`${prefix}/${at}`, variable));
        return [name, variable];
      }),
    );
  return { tree: visit(initial, ""), variables };
}

/** Gives every variable the tensor at its place. */
export function assignTree({ variables }: VariableTree, next: unknown): void {
  const { leaves } = flattenTree(next);
  [...variables.values()].forEach((variable, i) => {
    variable.assign(leaves[i]!);
  });
}

function isTensor(value: Tensor | Params): value is Tensor {
  return "dtype" in value && "type" in value && typeof value.dtype === "string";
}
