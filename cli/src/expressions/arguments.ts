// What `neurite explain` is asked for: the expression among its arguments, the point, the derivatives meant.

import { InvalidArgumentError } from "commander";
import {
  EXPRESSION_PRESETS,
  type Explanation,
  explainExpression,
  expressionFunction,
  parseExpression,
} from "neurite/inspect/expression";
import { NeuriteError, unknownName } from "neurite/ir";
import { UsageError } from "../terminal/failures.ts";
import type { DerivativePair } from "./derivative-parts.ts";
import { sixDigits } from "./numbers.ts";

export interface ExplainFlags {
  readonly at?: readonly string[];
  readonly preset?: string;
  readonly by?: string;
  readonly of?: string;
  readonly forward?: boolean;
  readonly reverse?: boolean;
  readonly paths?: boolean;
  readonly symbolic?: boolean;
  readonly differences?: boolean;
  readonly jacobian?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly dot?: string;
  readonly svg?: string;
  readonly out?: string;
  readonly overwrite?: boolean;
}

/** The expression among the arguments, which may begin with a minus as options do. */
export function expressionIn(
  texts: readonly string[],
  options: readonly string[],
): string | undefined {
  const option = texts.find((text) => /^--\p{L}[\p{L}-]+$/u.test(text));
  if (option !== undefined) {
    throw new UsageError(`explain: ${unknownName("option", option, options).message}`);
  }
  if (texts.length <= 1) return texts[0];
  throw new UsageError(
    `explain: expected one expression, received ${texts.length} parts. Write "${texts.join(" ")}"`,
  );
}

export function explanationOf(
  text: string | undefined,
  { at = [], preset }: ExplainFlags,
): Explanation {
  if ((text === undefined) === (preset === undefined)) {
    throw new UsageError('explain: expected an expression, as "w*x + b", or --preset');
  }
  const known = preset === undefined ? undefined : presetNamed(preset);
  const given = at.map((assignment) => assigned(assignment));
  try {
    const expression = parseExpression(text ?? known!.text);
    const point = { ...known?.at, ...Object.fromEntries(given) };
    const missing = expression.inputs.filter((name) => !Object.hasOwn(point, name));
    if (missing.length > 0) {
      const what = missing.length === 1 ? "has no value" : "have no value";
      const all = expression.inputs.map((name) => `${name}=${sixDigits(point[name] ?? 0)}`);
      throw new UsageError(`explain: ${missing.join(", ")} ${what}. Write --at ${all.join(",")}`);
    }
    return explainExpression(expression.text, point);
  } catch (error) {
    if (!(error instanceof NeuriteError)) throw error;
    throw new UsageError(`explain: ${error.message.replace(/^\w+: /, "")}`);
  }
}

export function presetNamed(name: string) {
  const known = EXPRESSION_PRESETS as Readonly<
    Record<string, (typeof EXPRESSION_PRESETS)["fig48"]>
  >;
  if (Object.hasOwn(known, name)) return known[name]!;
  throw new UsageError(`--preset: ${unknownName("preset", name, Object.keys(known)).message}`);
}

/** "x=1,w=0" as its parts; twice --at adds up. */
export function pointValues(text: string, before: readonly string[] = []): string[] {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const wrong = parts.find((part) => !/^[^=]+=[^=]+$/.test(part));
  if (wrong !== undefined || parts.length === 0) {
    throw new InvalidArgumentError("Expected values as in x=1,w=0.");
  }
  const all = [...before, ...parts];
  const names = all.map((part) => part.slice(0, part.indexOf("=")).trim());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new InvalidArgumentError(`${twice} has two values.`);
  return all;
}

/** A value may be written as an expression of numbers: x=pi/2. */
function assigned(assignment: string): [string, number] {
  const [name, written] = assignment.split("=").map((part) => part.trim()) as [string, string];
  let value = Number(written);
  if (Number.isNaN(value)) {
    try {
      const expression = parseExpression(written);
      if (expression.inputs.length > 0) throw new NeuriteError(`${written} is no number`);
      value = expressionFunction(expression)([])[0]!;
    } catch (error) {
      if (!(error instanceof NeuriteError)) throw error;
      throw new UsageError(`--at: expected a number for ${name}, received "${written}"`);
    }
  }
  if (!Number.isFinite(value)) {
    throw new UsageError(`--at: expected a finite number for ${name}, received "${written}"`);
  }
  return [name, value];
}

export function pairsOf({ computation }: Explanation, { by, of }: ExplainFlags): DerivativePair[] {
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  const chosen = (what: string, wanted: string | undefined, known: readonly string[]) => {
    if (wanted === undefined) return known;
    if (known.includes(wanted)) return [wanted];
    throw new UsageError(`--${what}: ${unknownName("name", wanted, known).message}`);
  };
  const inputs = chosen("by", by, names(computation.inputs));
  const outputs = chosen("of", of, names(computation.outputs));
  return outputs.flatMap((output) => inputs.map((input) => ({ input, output })));
}
