// A derivative as its rules leave it, tidied: without products with 1 and 0 and sums with 0. mathjs's own
// simplification takes a time that doubles with every few operations.

import type { default as Mathjs, MathNode } from "mathjs/lib/browser/math.js";

type Maker = Pick<typeof Mathjs, "ConstantNode" | "OperatorNode">;

/** The same function with fewer parts. */
export function tidy(make: Maker, node: MathNode): MathNode {
  if (node.isParenthesisNode) return tidy(make, node.content);
  if (node.isFunctionNode) return node.map((child) => (child === node ? child : tidy(make, child)));
  if (!node.isOperatorNode) return node;
  const args = node.args.map((arg) => tidy(make, arg));
  return args.length === 1 ? tidyMinus(make, node, args[0]!) : tidyPair(make, node, args);
}

function tidyMinus(make: Maker, node: MathNode, inner: MathNode): MathNode {
  if (isMinus(inner)) return inner.args[0]!;
  const value = numberIn(inner);
  if (value !== null) return new make.ConstantNode(value === 0 ? 0 : -value);
  return new make.OperatorNode(node.op, node.fn, [inner]);
}

function tidyPair(make: Maker, { op, fn }: MathNode, args: readonly MathNode[]): MathNode {
  const [left, right] = args as [MathNode, MathNode];
  const [a, b] = [numberIn(left), numberIn(right)];
  const minus = (inner: MathNode) => tidyMinus(make, MINUS as MathNode, inner);
  const pair = (u: MathNode, v: MathNode) => new make.OperatorNode(op, fn, [u, v]);
  if (a !== null && b !== null) {
    const value = FOLD[fn]?.(a, b);
    if (value !== undefined && Number.isInteger(value)) return new make.ConstantNode(value);
  }
  switch (fn) {
    case "add":
      if (a === 0) return right;
      return b === 0 ? left : pair(left, right);
    case "subtract":
      if (b === 0) return left;
      return a === 0 ? minus(right) : pair(left, right);
    case "multiply":
      if (a === 0 || b === 0) return new make.ConstantNode(0);
      if (a === 1) return right;
      if (b === 1) return left;
      if (a === -1) return minus(right);
      if (isMinus(left)) return minus(pair(left.args[0]!, right));
      return isMinus(right) ? minus(pair(left, right.args[0]!)) : pair(left, right);
    case "divide":
      if (a === 0) return left;
      if (b === 1) return left;
      return isMinus(left) ? minus(pair(left.args[0]!, right)) : pair(left, right);
    case "pow":
      return b === 1 ? left : pair(left, right);
    default:
      return pair(left, right);
  }
}

const MINUS = { op: "-", fn: "unaryMinus" };

const FOLD: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};

function isMinus(node: MathNode): boolean {
  return node.isOperatorNode === true && node.fn === "unaryMinus";
}

function numberIn(node: MathNode): number | null {
  return node.isConstantNode && typeof node.value === "number" ? node.value : null;
}

/** How many names and numbers a formula holds, and how many operations. */
export function sizeOfFormula(node: MathNode): { leaves: number; operations: number } {
  let [leaves, operations] = [0, 0];
  node.traverse((part) => {
    if (part.isConstantNode || (part.isSymbolNode && !FUNCTION_NAMES.has(part.name))) leaves += 1;
    if (part.isOperatorNode || part.isFunctionNode) operations += 1;
  });
  return { leaves, operations };
}

/** The name of a called function is a symbol too. */
const FUNCTION_NAMES = new Set([
  "exp",
  "log",
  "sqrt",
  "sin",
  "cos",
  "tan",
  "sec",
  "tanh",
  "sech",
  "abs",
]);
