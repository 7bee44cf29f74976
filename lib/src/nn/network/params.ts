// Trees of tensors by path, as in "dense1/w": what is the same in two of them is found by name.

import { show } from "../../checks/arguments.ts";
import { ArgumentError, DTypeError, ShapeError } from "../../checks/errors.ts";
import { sameType, showType, type TensorType } from "../../ir/type.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { Params } from "../layers/layer.ts";

/**
 * The tensors of a tree, in the order of the tree.
 * @param what begins the errors
 * @throws ArgumentError for what is neither a tensor nor a record of these, and for a path that is
 * met twice, as where names hold a "/"
 */
export function tensorsByPath(what: string, tree: unknown): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  const visit = (node: unknown, path: string): void => {
    if (node instanceof Tensor) {
      if (tensors.has(path)) throw new ArgumentError(`${what}: two tensors are named "${path}"`);
      tensors.set(path, node);
    } else if (isRecord(node)) {
      for (const [name, inner] of Object.entries(node)) visit(inner, joinPath(path, name));
    } else {
      const place = path === "" ? "a record of tensors" : `"${path}" to be a tensor`;
      throw new ArgumentError(`${what}: expected ${place}, received ${show(node)}`);
    }
  };
  visit(tree, "");
  return tensors;
}

export function joinPath(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

/**
 * The tensors of `after` by path, in the order of `before`.
 * @param what begins the errors, as in `layer "norm1": state`
 * @throws ArgumentError unless both trees have the same paths; ShapeError or DTypeError for a tensor
 * of another type
 */
export function tensorsLike(what: string, before: unknown, after: unknown): Map<string, Tensor> {
  const old = tensorsByPath(what, before);
  const types = new Map([...old].map(([path, { type }]) => [path, type]));
  return typesLike(what, types, tensorsByPath(what, after));
}

/** As tensorsLike, where only the types of the first tree are known. */
export function typesLike(
  what: string,
  types: ReadonlyMap<string, TensorType>,
  given: ReadonlyMap<string, Tensor>,
): Map<string, Tensor> {
  const missing = [...types.keys()].filter((path) => !given.has(path));
  const added = [...given.keys()].filter((path) => !types.has(path));
  if (missing.length + added.length > 0) {
    const expected = missing.length > 0 ? list(missing) : "nothing more";
    throw new ArgumentError(
      `${what}: expected ${expected}, received ${added.length > 0 ? list(added) : "nothing"}`,
    );
  }
  return new Map(
    [...types].map(([path, type]) => {
      const tensor = given.get(path)!;
      if (sameType(tensor.type, type)) return [path, tensor];
      const Wrong = tensor.dtype === type.dtype ? ShapeError : DTypeError;
      throw new Wrong(
        `${what}: expected "${path}" to be ${showType(type)}, received ${showType(tensor.type)}`,
      );
    }),
  );
}

const LONGEST_LIST = 3;

function list(paths: readonly string[]): string {
  const some = paths.slice(0, LONGEST_LIST).map((path) => `"${path}"`);
  return [...some, ...(paths.length > LONGEST_LIST ? ["…"] : [])].join(", ");
}

function isRecord(node: unknown): node is Params {
  if (typeof node !== "object" || node === null) return false;
  const prototype = Object.getPrototypeOf(node);
  return prototype === Object.prototype || prototype === null;
}
