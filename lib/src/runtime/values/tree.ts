// Nested records of tensors: what grad, compile and vmap take and return.

import { expectArgument, func } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { showType } from "../../ir/type.ts";
import { Tensor } from "./tensor.ts";

/** Tensors in arrays and plain objects, to any depth; anything else is carried along unchanged. */
export type Tree = unknown;

/** A tree taken apart: its tensors in order, and how to put others in their places. */
export interface Flat {
  readonly leaves: Tensor[];
  /** The same tree with other tensors. */
  readonly rebuild: (leaves: readonly Tensor[]) => Tree;
  /** Names the structure, the leaves' types and the other contents: equal keys, equal traces. */
  readonly key: string;
}

/** How deep trees may nest: more than any does, and one that holds itself ends here. */
const DEEPEST = 200;

export function flattenTree(tree: Tree, identities: Identities = new Identities()): Flat {
  const leaves: Tensor[] = [];
  const visit = (node: Tree, depth: number): string => {
    if (node instanceof Tensor) {
      leaves.push(node.read());
      return showType(node.type);
    }
    if (depth > DEEPEST) {
      throw new ArgumentError(
        `arguments and results nest deeper than ${DEEPEST} lists and records; does one hold itself?`,
      );
    }
    if (Array.isArray(node)) return `[${node.map((inner) => visit(inner, depth + 1)).join(",")}]`;
    if (isRecord(node)) {
      const shown = ([name, value]: [string, unknown]) =>
        `${JSON.stringify(name)}:${visit(value, depth + 1)}`;
      return `{${Object.entries(node).map(shown)}}`;
    }
    return otherKey(node, identities);
  };
  const key = visit(tree, 0);
  return { leaves, key, rebuild: (others) => mapLeaves(tree, others) };
}

function mapLeaves(tree: Tree, leaves: readonly Tensor[]): Tree {
  let next = 0;
  const visit = (node: Tree): Tree => {
    if (node instanceof Tensor) return leaves[next++]!;
    if (Array.isArray(node)) return node.map(visit);
    if (isRecord(node)) {
      return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, visit(value)]));
    }
    return node;
  };
  return visit(tree);
}

/**
 * The tensors of `tree` in the order of those in `reference`, whatever the order of its names.
 * @param what begins the error, as in "mapTree: the trees"
 * @throws ArgumentError where one has a tensor, an array or a record that the other has not
 */
export function leavesLike(what: string, reference: Tree, tree: Tree): Tensor[] {
  const leaves: Tensor[] = [];
  const expect = (same: boolean, path: readonly string[]) => {
    if (same) return;
    const place = path.length > 0 ? ` at ${path.join(".")}` : "";
    throw new ArgumentError(`${what} differ in structure${place}`);
  };
  const visit = (like: Tree, node: Tree, path: readonly string[]): void => {
    if (like instanceof Tensor || node instanceof Tensor) {
      expect(like instanceof Tensor && node instanceof Tensor, path);
      leaves.push((node as Tensor).read());
    } else if (Array.isArray(like) || Array.isArray(node)) {
      const same = Array.isArray(like) && Array.isArray(node) && like.length === node.length;
      expect(same, path);
      (like as Tree[]).forEach((inner, i) => {
        visit(inner, (node as Tree[])[i], [...path, String(i)]);
      });
    } else if (isRecord(like) || isRecord(node)) {
      expect(isRecord(like) && isRecord(node), path);
      const record = node as Record<string, Tree>;
      const names = Object.keys(like as object);
      expect(names.length === Object.keys(record).length, path);
      for (const name of names) {
        expect(Object.hasOwn(record, name), [...path, name]);
        visit((like as Record<string, Tree>)[name], record[name], [...path, name]);
      }
    }
  };
  visit(reference, tree, []);
  return leaves;
}

/** The same tree with `f` applied to its tensors; with several trees, to those at equal places. */
export function mapTree<T>(f: (...tensors: Tensor[]) => Tensor, tree: T, ...others: T[]): T {
  expectArgument("mapTree", "f", f, func);
  if (tree === undefined) {
    throw new ArgumentError("mapTree: expected a tree of tensors, received nothing");
  }
  const flat = flattenTree(tree);
  const rest = others.map((other) => leavesLike("mapTree: the trees", tree, other));
  const results = flat.leaves.map((leaf, i) => f(leaf, ...rest.map((leaves) => leaves[i]!)));
  return flat.rebuild(results) as T;
}

function isRecord(node: unknown): node is Record<string, unknown> {
  if (typeof node !== "object" || node === null) return false;
  const prototype = Object.getPrototypeOf(node);
  return prototype === Object.prototype || prototype === null;
}

/** Numbers objects as it meets them, so that a key can tell them apart. */
export class Identities {
  readonly #names = new WeakMap<object, string>();
  #count = 0;

  nameOf(thing: object): string {
    const known = this.#names.get(thing);
    if (known) return known;
    const name = `#${++this.#count}`;
    this.#names.set(thing, name);
    return name;
  }
}

/** Functions and class instances are told apart by identity, everything else by what it says. */
function otherKey(node: unknown, identities: Identities): string {
  if (typeof node === "string") return JSON.stringify(node);
  if (Object.is(node, -0)) return "number:-0";
  const isObject = (typeof node === "object" && node !== null) || typeof node === "function";
  return isObject ? identities.nameOf(node) : `${typeof node}:${String(node)}`;
}

/** A function over nested records of tensors. */
// biome-ignore lint/suspicious/noExplicitAny: `never[]` would lose the context of arrow parameters
export type TreeFunction = (...args: any[]) => unknown;
