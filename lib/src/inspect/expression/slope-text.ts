// The derivative of an operation by an operand, as a formula of its operands.

import { type ExpressionOperation, type ExpressionSource, treeOf } from "./expression.ts";
import { FUNCTIONS, type FunctionName } from "./functions.ts";
import { parseStatements } from "./parse.ts";
import { type ExpressionTree, showTree } from "./tree.ts";

/**
 * The derivative of an operation by one of its operands, as a text: `-1/h5^2`; null for a constant.
 * @param place of the operand, from 0
 */
export function slopeText(operation: ExpressionOperation, place: number): string | null {
  const { operands } = operation;
  if (operands[place]!.kind === "constant") return null;
  const [u, v] = operands as [ExpressionSource, ExpressionSource | undefined];
  if (operation.function === "pow" && v?.kind === "constant" && place === 0) {
    return powerRule(treeOf(u), v);
  }
  const slope = FUNCTIONS[operation.function].slopes[place]!;
  const { tree } = parseStatements(slope)[0]!;
  return showTree(
    replaced(tree, new Map([["u", treeOf(u)], ...(v ? [["v", treeOf(v)] as const] : [])])),
  );
}

/** n u^(n-1), as it is written for a number n. */
function powerRule(base: ExpressionTree, { name, value }: { name: string; value: number }): string {
  const number = (value: number, text = String(value)): ExpressionTree => ({
    kind: "number",
    value,
    text,
  });
  const call = (name: FunctionName, ...args: ExpressionTree[]): ExpressionTree => {
    return { kind: "call", name, args, position: 0 };
  };
  if (value === 0) return "0";
  if (value === 1) return "1";
  const isNumeral = Number.isFinite(Number(name));
  const less = isNumeral ? number(value - 1) : call("sub", number(value, name), number(1));
  const power = isNumeral && value === 2 ? base : call("pow", base, less);
  return showTree(call("mul", number(value, name), power));
}

function replaced(tree: ExpressionTree, by: ReadonlyMap<string, ExpressionTree>): ExpressionTree {
  if (tree.kind === "number") return tree;
  if (tree.kind === "name") return by.get(tree.name) ?? tree;
  return { ...tree, args: tree.args.map((arg) => replaced(arg, by)) };
}
