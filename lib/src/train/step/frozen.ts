// Parameters that are learnt and those that stay as they are, apart and together.

import type { Params } from "../../nn/layers/layer.ts";
import { joinPath } from "../../nn/network/params.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { VariableTree } from "./variables.ts";

/** The parameters of a model in two parts. */
export interface PartedParams {
  readonly learnt: VariableTree;
  readonly frozen: Params;
}

/** @param frozen paths of those that stay as they are */
export function partParams(
  { tree, variables }: VariableTree,
  frozen: ReadonlySet<string>,
): PartedParams {
  if (frozen.size === 0) return { learnt: { tree, variables }, frozen: {} };
  const isFrozen = (path: string) => frozen.has(path);
  const learnt = new Map([...variables].filter(([path]) => !isFrozen(path)));
  return {
    learnt: { tree: chosen(tree, (path) => !isFrozen(path)), variables: learnt },
    frozen: chosen(tree, isFrozen),
  };
}

/** The tensors of a tree at some paths, without records that are empty then. */
function chosen(tree: Params, isChosen: (path: string) => boolean, at = ""): Params {
  const kept = Object.entries(tree).flatMap(([name, value]): [string, Tensor | Params][] => {
    const path = joinPath(at, name);
    if (value instanceof Tensor) return isChosen(path) ? [[name, value]] : [];
    const inner = chosen(value, isChosen, path);
    return Object.keys(inner).length > 0 ? [[name, inner]] : [];
  });
  return Object.fromEntries(kept);
}

/** Both parts as one tree. */
export function together(a: Params, b: Params): Params {
  const joined: Record<string, Tensor | Params> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const there = joined[name];
    joined[name] = there === undefined ? value : together(there as Params, value as Params);
  }
  return joined;
}
