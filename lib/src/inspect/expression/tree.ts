// An expression as a tree, and the text of a tree with no more parentheses than it needs.

import type { FunctionName } from "./functions.ts";

export type ExpressionTree = NumberTree | NameTree | CallTree;

export interface NumberTree {
  readonly kind: "number";
  readonly value: number;
  /** As it was written. */
  readonly text: string;
}

export interface NameTree {
  readonly kind: "name";
  readonly name: string;
  readonly position: number;
}

/** A function or an operator with what it is applied to. */
export interface CallTree {
  readonly kind: "call";
  readonly name: FunctionName;
  readonly args: readonly ExpressionTree[];
  readonly position: number;
}

interface Infix {
  readonly sign: string;
  /** How tightly it binds. */
  readonly power: number;
  /** `a^b^c` is a^(b^c); all others begin on the left. */
  readonly fromRight?: boolean;
}

export const INFIX: Readonly<Partial<Record<FunctionName, Infix>>> = {
  add: { sign: "+", power: 1 },
  sub: { sign: "-", power: 1 },
  mul: { sign: "*", power: 2 },
  div: { sign: "/", power: 2 },
  pow: { sign: "^", power: 4, fromRight: true },
};

/** The power of a minus in front: -x*y is (-x)*y, and -x^2 is -(x^2). */
export const PREFIX_POWER = 3;

const ATOM = 5;

export function showTree(tree: ExpressionTree): string {
  return shown(tree).text;
}

interface Shown {
  readonly text: string;
  readonly power: number;
}

/** Parts are shown again within what they are parts of. */
const seen = new WeakMap<ExpressionTree, Shown>();

function shown(tree: ExpressionTree): Shown {
  const known = seen.get(tree);
  if (known) return known;
  const found = written(tree);
  seen.set(tree, found);
  return found;
}

function written(tree: ExpressionTree): Shown {
  if (tree.kind === "number") {
    return { text: tree.text, power: tree.value < 0 ? PREFIX_POWER : ATOM };
  }
  if (tree.kind === "name") return { text: tree.name, power: ATOM };
  const args = tree.args.map(shown);
  if (tree.name === "neg") {
    // `--x` would be read, but not by people.
    const [inner] = args as [Shown];
    return { text: `-${within(inner, PREFIX_POWER + 1)}`, power: PREFIX_POWER };
  }
  const infix = INFIX[tree.name];
  if (!infix)
    return { text: `${tree.name}(${args.map(({ text }) => text).join(", ")})`, power: ATOM };
  const [left, right] = args as [Shown, Shown];
  const { sign, power, fromRight = false } = infix;
  const [first, second] = [
    within(left, power + Number(fromRight)),
    within(right, power + Number(!fromRight)),
  ];
  const space = power === 1 ? " " : "";
  return { text: `${first}${space}${sign}${space}${second}`, power };
}

function within({ text, power }: Shown, least: number): string {
  return power < least ? `(${text})` : text;
}
