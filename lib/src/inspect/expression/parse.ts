// Reads an expression: a Pratt parser, after Pratt, "Top down operator precedence" (1973). It builds a
// tree and evaluates nothing.

import { didYouMean, nearest, shortened } from "../../checks/nearest.ts";
import type { ExpressionFault } from "./faults.ts";
import { CALLABLE, FUNCTIONS, type FunctionName, functionNamed } from "./functions.ts";
import { ExpressionError, type Token, tokensOf } from "./tokens.ts";
import { type ExpressionTree, INFIX, PREFIX_POWER } from "./tree.ts";

/** `h = w*x`, or an expression alone. */
export interface Statement {
  readonly name: string | null;
  readonly tree: ExpressionTree;
  readonly position: number;
}

const DEEPEST = 200;

const OPERATORS = new Map(
  Object.entries(INFIX).map(([name, infix]) => [
    infix.sign,
    { name: name as FunctionName, ...infix },
  ]),
);

/**
 * The statements of a text, which `;`, `,` and line ends part.
 * @throws ExpressionError saying where in the text
 */
export function parseStatements(text: string): Statement[] {
  const tokens = tokensOf(text);
  let next = 0;
  let depth = 0;
  const peek = () => tokens[next]!;
  const take = () => tokens[next++]!;
  const refuse = (says: string, { position }: Token, fault: ExpressionFault) =>
    new ExpressionError(says, text, position, fault);
  const isSign = ({ kind, text: sign }: Token, ...signs: readonly string[]) =>
    kind === "sign" && signs.includes(sign);

  const statements: Statement[] = [];
  for (;;) {
    while (isSign(peek(), ";", ",")) take();
    const first = peek();
    if (first.kind === "end") break;
    const isNamed = first.kind === "name" && isSign(tokens[next + 1]!, "=");
    if (isNamed) next += 2;
    const tree = expression(0);
    const name = isNamed ? first.text : null;
    statements.push({ name, tree, position: first.position });
    if (peek().kind !== "end" && !isSign(peek(), ";", ",")) throw unexpected(peek());
  }
  if (statements.length === 0) {
    throw new ExpressionError("there is nothing to compute", text, 0, { code: "empty" });
  }
  return statements;

  /** What binds more tightly than `least`. */
  function expression(least: number): ExpressionTree {
    depth += 1;
    if (depth > DEEPEST) {
      const fault = { code: "deep", most: DEEPEST } as const;
      throw refuse(`more than ${DEEPEST} parts lie inside each other`, peek(), fault);
    }
    let left = operand();
    for (;;) {
      const token = peek();
      const operator = token.kind === "sign" ? OPERATORS.get(token.text) : undefined;
      if (!operator || operator.power <= least) break;
      take();
      const right = expression(operator.fromRight ? operator.power - 1 : operator.power);
      left = { kind: "call", name: operator.name, args: [left, right], position: token.position };
    }
    depth -= 1;
    return left;
  }

  function operand(): ExpressionTree {
    const token = take();
    if (token.kind === "number") return numberOf(token);
    if (token.kind === "name") return isSign(peek(), "(") ? call(token) : named(token);
    if (isSign(token, "(")) {
      const inside = expression(0);
      close(")", token);
      return inside;
    }
    if (isSign(token, "|")) {
      const inside = expression(0);
      close("|", token);
      return { kind: "call", name: "abs", args: [inside], position: token.position };
    }
    if (isSign(token, "+")) return expression(PREFIX_POWER);
    if (isSign(token, "-")) return negative(token);
    const fault = { code: "operand", received: receivedIn(token) } as const;
    throw refuse(`expected a number, a name or "(", received ${say(token)}`, token, fault);
  }

  function named({ text: name, position }: Token): ExpressionTree {
    if (functionNamed(name) !== undefined && !isDefined(name)) {
      const fault = { code: "bareFunction", name } as const;
      throw new ExpressionError(`${name} is a function: write ${name}(…)`, text, position, fault);
    }
    return { kind: "name", name, position };
  }

  /** A text may have a `step` or a `square` of its own. */
  function isDefined(name: string): boolean {
    return statements.some((statement) => statement.name === name);
  }

  /** A minus before a numeral makes a negative constant, unless a power follows: -2^2 is -4. */
  function negative(token: Token): ExpressionTree {
    const inside = expression(PREFIX_POWER);
    if (inside.kind === "number" && inside.value >= 0) {
      return { kind: "number", value: -inside.value, text: `-${inside.text}` };
    }
    return { kind: "call", name: "neg", args: [inside], position: token.position };
  }

  function call(token: Token): ExpressionTree {
    const name = functionNamed(token.text);
    if (name === undefined) {
      const isShort = token.text.length < 3; // more likely a factor than a slip
      const meant =
        (!isShort && didYouMean(token.text, CALLABLE)) || ` For a product write ${token.text}*(…).`;
      const near = isShort ? undefined : nearest(token.text, CALLABLE);
      const written = shortened(token.text);
      const fault = { code: "unknownFunction", name: written, meant: near ?? null } as const;
      throw refuse(`there is no function "${written}".${meant}`, token, fault);
    }
    const opening = take();
    const args: ExpressionTree[] = [];
    if (!isSign(peek(), ")")) {
      do args.push(expression(0));
      while (isSign(peek(), ",") && take());
    }
    close(")", opening);
    const { arity } = FUNCTIONS[name];
    if (args.length !== arity) {
      const takes = arity === 1 ? "one argument" : "two arguments";
      const received = args.length;
      const fault = { code: "arity", name: token.text, takes: arity, received } as const;
      throw refuse(`${token.text} takes ${takes}, received ${received}`, token, fault);
    }
    return { kind: "call", name, args, position: token.position };
  }

  function close(sign: string, opening: Token): void {
    if (isSign(peek(), sign)) take();
    else if (peek().kind === "end") {
      const fault = { code: "unclosed", sign: opening.text } as const;
      throw refuse(`this "${opening.text}" is never closed`, opening, fault);
    } else throw unexpected(peek());
  }

  function unexpected(token: Token): ExpressionError {
    if (isSign(token, ")")) {
      return refuse('there is no "(" for this ")"', token, { code: "unopened" });
    }
    const received = receivedIn(token);
    const before = tokens[tokens.indexOf(token) - 1];
    const starts = token.kind === "number" || token.kind === "name" || isSign(token, "(");
    if (before && starts) {
      const product = shortened(`${before.text}*${token.text}`);
      return refuse(
        `expected an operator before ${say(token)}. Write ${product} for a product`,
        token,
        { code: "operator", received, product },
      );
    }
    if (isSign(token, "=")) {
      const fault = { code: "equals" } as const;
      return refuse('only a name stands before "=", as in h = w*x', token, fault);
    }
    const fault = { code: "operator", received, product: null } as const;
    return refuse(`expected an operator, received ${say(token)}`, token, fault);
  }

  function numberOf(token: Token): ExpressionTree {
    const value = Number(token.text);
    if (!Number.isFinite(value)) {
      const fault = { code: "tooLarge", number: shortened(token.text) } as const;
      throw refuse(`${token.text} is too large for a number`, token, fault);
    }
    return { kind: "number", value, text: token.text };
  }
}

function say({ kind, text }: Token): string {
  return kind === "end" ? "the end" : `"${shortened(text)}"`;
}

function receivedIn({ kind, text }: Token): string | null {
  return kind === "end" ? null : shortened(text);
}
