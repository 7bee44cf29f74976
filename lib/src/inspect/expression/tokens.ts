// The words of an expression: numbers, names and signs, each with its place in the text.

import { ArgumentError } from "../../checks/errors.ts";
import type { ExpressionFault } from "./faults.ts";

export interface Token {
  /** The sign itself for signs; `end` closes the list. */
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
  readonly position: number;
}

/** What an expression may be long: more is no expression that anyone reads. */
export const LONGEST_TEXT = 4000;

const SPACE = /[^\S\n]+/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
/** Letters of any script, with digits and subscripts behind them. */
const NAME = /[\p{L}_][\p{L}\p{M}\p{Nd}_₀-₉']*/uy;
const SIGN = /\*\*|[-+*/^()|,;=\n]|[−–·×⋅÷]|[（）｜，；＝＋－＊／＾]/y;
const READERS = [
  ["number", NUMBER],
  ["name", NAME],
  ["sign", SIGN],
] as const;
const SUPERSCRIPT = /[⁰¹²³⁴-⁹ⁿ]/;

/** Signs that are printed otherwise than they are typed, and those of a Chinese keyboard. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["**", "^"],
  ["−", "-"],
  ["–", "-"],
  ["·", "*"],
  ["⋅", "*"],
  ["×", "*"],
  ["÷", "/"],
  ...[..."（）｜，；＝＋－＊／＾"].map((sign, i) => [sign, "()|,;=+-*/^"[i]!] as const),
  ["\n", ";"],
]);

/** An expression that means nothing, and where in its text that shows. */
export class ExpressionError extends ArgumentError {
  override name = "ExpressionError";
  /** The place of the mistake in the text, in characters from 0. */
  readonly position: number;
  /** The mistake as a code with data, for sentences in other languages. */
  readonly fault: ExpressionFault;

  constructor(says: string, text: string, position: number, fault: ExpressionFault) {
    super(`expression: ${says}\n${pointAt(text, position)}`);
    this.position = position;
    this.fault = fault;
  }
}

const BEFORE = 50;
const AFTER = 20;

/** The line around a place in a text, and under it a caret. */
function pointAt(text: string, position: number): string {
  const start = Math.max(0, position - BEFORE);
  const end = position + AFTER;
  const left = `${start > 0 ? "…" : ""}${text.slice(start, position)}`;
  const right = `${text.slice(position, end)}${end < text.length ? "…" : ""}`;
  const line = `${left}${right}`.replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ");
  return `    ${line}\n    ${" ".repeat([...left].length)}^`;
}

/** @throws ExpressionError for what no expression holds */
export function tokensOf(text: string): Token[] {
  if (text.length > LONGEST_TEXT) {
    throw new ArgumentError(
      `expression: expected at most ${LONGEST_TEXT} characters, received ${text.length}`,
    );
  }
  const tokens: Token[] = [];
  let position = 0;
  const read = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(text)?.[0];
  };
  while (position < text.length) {
    const space = read(SPACE);
    if (space !== undefined) {
      position += space.length;
      continue;
    }
    const token = READERS.flatMap(([kind, pattern]): Token[] => {
      const found = read(pattern);
      return found === undefined ? [] : [{ kind, text: found, position }];
    })[0];
    if (!token) throw unknownSign(text, position);
    tokens.push({ ...token, text: ALIASES.get(token.text) ?? token.text });
    position += token.text.length;
  }
  tokens.push({ kind: "end", text: "the end", position: text.length });
  return tokens;
}

const MEANT = [
  ["power", SUPERSCRIPT],
  ["parentheses", /[[\]{}]/],
] as const;
const HINTS = { power: " Write a power as in x^2.", parentheses: " Write round parentheses." };

function unknownSign(text: string, position: number): ExpressionError {
  const sign = String.fromCodePoint(text.codePointAt(position)!);
  const meant = MEANT.find(([, pattern]) => pattern.test(sign))?.[0] ?? null;
  const hint = meant === null ? "" : HINTS[meant];
  const says = `there is no sign ${JSON.stringify(sign)}.${hint}`;
  return new ExpressionError(says, text, position, { code: "sign", sign, hint: meant });
}
