// MappedAxes for the tensors of a tree: one for all of them, or a tree that goes as deep as they differ.

import { show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { Tensor } from "../values/tensor.ts";
import { flattenTree } from "../values/tree.ts";

/** An axis or null for all tensors below, or a list or a record of these where the tensors are in one. */
export type MappedAxes =
  | number
  | null
  | readonly MappedAxes[]
  | { readonly [name: string]: MappedAxes };

/**
 * The axis of each tensor of `tree`, in their order.
 * @throws ArgumentError where the axes are no axes, or their tree is another
 */
export function leafAxes(what: string, axes: MappedAxes, tree: unknown): (number | null)[] {
  const found: (number | null)[] = [];
  const visit = (given: unknown, node: unknown, path: string): void => {
    if (given === null || Number.isInteger(given)) {
      for (const _ of flattenTree(node).leaves) found.push(given as number | null);
    } else if (Array.isArray(given) && Array.isArray(node) && given.length === node.length) {
      given.forEach((inner, i) => {
        visit(inner, node[i], `${path}[${i}]`);
      });
    } else if (isRecord(given) && isRecord(node)) {
      for (const name of Object.keys(given)) {
        if (Object.hasOwn(node, name)) continue;
        throw new ArgumentError(
          `vmap: ${path}: ${unknownName("name", name, Object.keys(node)).message}`,
        );
      }
      for (const [name, inner] of Object.entries(node)) {
        if (Object.hasOwn(given, name)) visit(given[name], inner, `${path}.${name}`);
        else if (flattenTree(inner).leaves.length > 0) {
          throw new ArgumentError(`vmap: ${path} has no axis for ${name}: give a number or null`);
        }
      }
    } else {
      throw new ArgumentError(
        `vmap: expected ${path} to be a number, null or a tree of these like ${kindOf(node)}, ` +
          `received ${show(given)}`,
      );
    }
  };
  visit(axes, tree, what);
  return found;
}

function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === "object" && x !== null && !Array.isArray(x) && !(x instanceof Tensor);
}

function kindOf(node: unknown): string {
  if (Array.isArray(node)) return `a list of ${node.length}`;
  return isRecord(node) ? `the record of ${Object.keys(node).join(", ")}` : "a tensor";
}
