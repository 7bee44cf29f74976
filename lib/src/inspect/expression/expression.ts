// An expression as operations in the book's order: h1 = w*x, h2 = h1 + b, … (NNDL figure 4.8).

import { expectArgument, type Kind, text as textKind, worded } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { CONSTANTS, type FunctionName, functionNamed } from "./functions.ts";
import { parseStatements } from "./parse.ts";
import { ExpressionError } from "./tokens.ts";
import { type ExpressionTree, showTree } from "./tree.ts";

/** What an operation reads, or what an expression gives. */
export type ExpressionSource =
  | { readonly kind: "input" | "operation"; readonly name: string }
  | { readonly kind: "constant"; readonly name: string; readonly value: number };

/** One line of an expression: a function of values that stand before it. */
export interface ExpressionOperation {
  /** h1, h2, … or the name that the text gives it. */
  readonly name: string;
  readonly function: FunctionName;
  readonly operands: readonly ExpressionSource[];
  /** In terms of its operands, as `h1 + b`. */
  readonly formula: string;
  /** In terms of the inputs and of what the text names, as `w*x + b`. */
  readonly text: string;
}

/** A result of an expression: its name, and the operation, input or number that it is. */
export interface ExpressionOutput {
  readonly name: string;
  readonly source: ExpressionSource;
}

/** What `parseExpression` makes of a text. Plain data. */
export interface Expression {
  readonly text: string;
  /** Names without a value, in the order in which they appear. */
  readonly inputs: readonly string[];
  readonly operations: readonly ExpressionOperation[];
  readonly outputs: readonly ExpressionOutput[];
}

export const expressionText: Kind<string> = worded('an expression, as "w*x + b"', textKind);

/** More than anyone looks at one by one. */
const MOST_OPERATIONS = 1000;

/**
 * Reads an expression of one's own: numbers, names, + - * / ^ (or **), |x|, parentheses, pi and e, and the
 * functions exp, log (ln), sqrt, sin, cos, tan, tanh, sigmoid, relu, softplus, erf, abs, min, max, … of the
 * library. `;` or `,` parts several of them; `h = w*x` names one for those after it. What no other part
 * reads is an output. Each operation is called h1, h2, … in the order of evaluation.
 * @throws ExpressionError with the place in the text
 */
export function parseExpression(text: string): Expression {
  expectArgument("parseExpression", "text", text, expressionText);
  const statements = parseStatements(text);
  const given = new Set(statements.flatMap(({ name }) => (name === null ? [] : [name])));
  const inputs: string[] = [];
  const operations: ExpressionOperation[] = [];
  const defined = new Map<string, ExpressionSource>();
  const read = new Set<string>();
  const all = new Set([...given, ...statements.flatMap(({ tree }) => namesIn(tree))]);
  const prefix = freePrefix("h", all);

  const sourceOf = (tree: ExpressionTree, name?: string): ExpressionSource => {
    if (tree.kind === "number") return { kind: "constant", name: tree.text, value: tree.value };
    if (tree.kind === "name") return named(tree.name, tree.position);
    const operands = tree.args.map((arg) => sourceOf(arg));
    if (operations.length === MOST_OPERATIONS) {
      throw new ArgumentError(`expression: expected at most ${MOST_OPERATIONS} operations`);
    }
    const operation: ExpressionOperation = {
      name: name ?? `${prefix}${operations.length + 1}`,
      function: tree.name,
      operands,
      formula: showTree({ ...tree, args: operands.map(treeOf) }),
      text: showTree(tree),
    };
    operations.push(operation);
    return { kind: "operation", name: operation.name };
  };

  const named = (name: string, position: number): ExpressionSource => {
    const known = defined.get(name);
    if (known) {
      read.add(name);
      return known;
    }
    if (given.has(name)) {
      const fault = { code: "early", name } as const;
      throw new ExpressionError(`${name} is used before it has a value`, text, position, fault);
    }
    const value = CONSTANTS.get(name);
    if (value !== undefined) return { kind: "constant", name, value };
    if (!inputs.includes(name)) inputs.push(name);
    return { kind: "input", name };
  };

  const results = statements.map(({ name, tree, position }) => {
    if (name !== null && defined.has(name)) {
      throw new ExpressionError(
        `${name} has a value already; give this one another name`,
        text,
        position,
        { code: "twice", name },
      );
    }
    if (name !== null && functionNamed(name) !== undefined) {
      const fault = { code: "reserved", name } as const;
      throw new ExpressionError(
        `${name} is a function, and no name for a value`,
        text,
        position,
        fault,
      );
    }
    const source = sourceOf(tree, name ?? undefined);
    if (name !== null) defined.set(name, source);
    return { name, source };
  });
  const unread = results.filter(({ name }) => name === null || !read.has(name));
  const nameless = unread.filter(({ name }) => name === null).length;
  const letter = freePrefix("f", all);
  let count = 0;
  const outputs = unread.map(({ name, source }) => {
    if (name !== null) return { name, source };
    count += 1;
    return { name: nameless === 1 && !all.has(letter) ? letter : `${letter}${count}`, source };
  });
  return { text, inputs, operations, outputs };
}

/** What is read, as a tree of one leaf. */
export function treeOf(source: ExpressionSource): ExpressionTree {
  if (source.kind === "constant") return { kind: "number", value: source.value, text: source.name };
  return { kind: "name", name: source.name, position: 0 };
}

function namesIn(tree: ExpressionTree): string[] {
  if (tree.kind === "number") return [];
  return tree.kind === "name" ? [tree.name] : tree.args.flatMap(namesIn);
}

/** The first letter of which no name is made in the same way: h, unless there is an h1 already. */
function freePrefix(wanted: string, taken: ReadonlySet<string>): string {
  const isTaken = (prefix: string) =>
    [...taken].some((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)));
  const letters = [wanted, "v", "s", "t", "u", "node", "value"];
  return letters.find((letter) => !isTaken(letter)) ?? `${wanted}_`;
}
