// Names with options as flags write them: "exponential:decay=0.9", and several with commas between them.

import { InvalidArgumentError } from "commander";
import { parseWhole } from "../terminal/options.ts";

/** A name, with the options behind it if there are any. */
export type NamedFlag = string | { readonly name: string; readonly [option: string]: unknown };

/** After how many epochs the rate is halved, and how; a patience of 0 for never. */
export interface Halving {
  readonly patience: number;
  readonly [option: string]: unknown;
}

const FORM = 'Expected a name, or one with options as in "elu:alpha=0.5"';

/** "cosine", or "cosine:epochs=20,final=0.001". @throws InvalidArgumentError for another form */
export function parseNamed(text: string): NamedFlag {
  const [first, ...others] = parseNames(text);
  if (others.length === 0) return first!;
  throw new InvalidArgumentError(`${FORM}; received ${others.length + 1} names.`);
}

/** "relu,tanh", or "elu:alpha=0.5,tanh": what has a "=" belongs to the name before it. */
export function parseNames(text: string): NamedFlag[] {
  const names: string[][] = [];
  for (const part of text.split(",")) {
    const isOption = part.includes("=") && !part.includes(":");
    if (isOption && names.length > 0) names.at(-1)!.push(part);
    else names.push([part]);
  }
  return names.map((parts) => readNamed(parts.join(",")));
}

function readNamed(text: string): NamedFlag {
  const [name, ...rest] = text.split(":");
  if (name!.trim() === "" || name!.includes("=") || rest.length > 1) {
    throw new InvalidArgumentError(`${FORM}; received "${text}".`);
  }
  const options = rest[0] === undefined ? {} : parseOptions(rest[0]);
  return Object.keys(options).length === 0 ? name!.trim() : { name: name!.trim(), ...options };
}

type OptionValue = number | boolean | string | readonly number[];

/** "decay=0.9,nesterov=true": numbers, true and false, lists of numbers with "/" between them, else words. */
export function parseOptions(text: string): Record<string, OptionValue> {
  const pairs = text.split(",").map((pair) => {
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at > 0 && name !== "" && value !== "") return [name, readValue(value)] as const;
    throw new InvalidArgumentError(
      `Expected options as in "decay=0.9,rate=0.1"; received "${pair}".`,
    );
  });
  const twice = pairs.find(([name], i) => pairs.findIndex(([other]) => other === name) < i);
  if (twice) throw new InvalidArgumentError(`The option ${twice[0]} stands there twice.`);
  return Object.fromEntries(pairs);
}

function readValue(text: string): OptionValue {
  if (text === "true" || text === "false") return text === "true";
  const numbers = text.split("/").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (!numbers.every(Number.isFinite)) return text;
  return numbers.length === 1 ? numbers[0]! : numbers;
}

/** "setosa=1,virginica=2.5" as weights, or "balanced". */
export function parseClassWeights(text: string): "balanced" | Record<string, number> {
  if (text === "balanced") return text;
  const pairs = text.split(",").map((pair) => {
    const at = pair.lastIndexOf("=");
    const weight = at > 0 && pair.slice(at + 1).trim() !== "" ? Number(pair.slice(at + 1)) : -1;
    if (weight >= 0 && Number.isFinite(weight)) return [pair.slice(0, at).trim(), weight] as const;
    throw new InvalidArgumentError(
      'Expected "balanced", or weights of 0 or more as in "yes=3,no=1".',
    );
  });
  return Object.fromEntries(pairs);
}

/** "accuracy,f1" as names. */
export function parseWords(text: string): string[] {
  const words = text.split(",").map((word) => word.trim());
  if (words.every((word) => word !== "")) return words;
  throw new InvalidArgumentError("Expected names with commas between them.");
}

/** "10", or "10:factor=0.1,stopBelow=0.01". */
export function parseHalving(text: string): Halving {
  const [epochs = "", options] = text.split(/:(.*)/s);
  const patience = parseWhole(epochs);
  return { ...(options !== undefined && parseOptions(options)), patience };
}

/** "age=category,zip=ignore". */
export function parseTypes(text: string): Record<string, string> {
  const pairs = text.split(",").map((pair) => {
    const at = pair.lastIndexOf("=");
    const [name, type] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at > 0 && name !== "" && type !== "") return [name, type] as const;
    throw new InvalidArgumentError('Expected types of columns as in "age=category,zip=ignore".');
  });
  return Object.fromEntries(pairs);
}

/** A character, or its name where a shell makes it hard to write. */
export function parseDelimiter(text: string): string {
  const named: Readonly<Record<string, string>> = {
    ...{ tab: "\t", "\\t": "\t", comma: ",", semicolon: ";", bar: "|", space: " " },
  };
  const character = named[text] ?? text;
  if (character.length === 1) return character;
  throw new InvalidArgumentError('Expected one character, or "tab".');
}

/** A parser that takes these words and no others. */
export function choiceOf(...words: readonly string[]): (text: string) => string {
  return (text) => {
    if (words.includes(text)) return text;
    const named = words.map((word) => JSON.stringify(word)).join(" or ");
    throw new InvalidArgumentError(`Expected ${named}.`);
  };
}

/** Which of the two first numbers of 03/04/2024 is the day. */
export const parseDates: (text: string) => string = choiceOf("dayFirst", "monthFirst");
