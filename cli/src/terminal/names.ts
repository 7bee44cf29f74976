// Names in a sentence, and the nearest known one to a wrong one.

import { NeuriteError } from "neurite/ir";
import { UsageError } from "./failures.ts";

/** Runs something for a flag or an argument: what it refuses is the user's usage. */
export function forFlag<T>(flag: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof NeuriteError) throw new UsageError(`${flag}: ${error.message}`);
    throw error;
  }
}

/** A whole number with a comma before each three digits. By hand: a process's first toLocaleString() takes 30 ms. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

export function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** How this program is called here: npm's scripts do not leave it on the path. */
export function commandName(): string {
  return process.env["npm_execpath"] === undefined ? "neurite" : "npx neurite";
}

/** An option's name as a flag spells it: "learningRate" as "learning-rate". */
export function flagName(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The first names of a list. */
export function shortList(names: readonly string[], most = 10): string {
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return names.slice(0, most).join(", ") + more;
}

/** A word as a shell takes it. */
export function shellWord(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
