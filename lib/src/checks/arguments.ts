// What public functions check of their arguments: plain JavaScript is a user too.
//
// A `Kind` is a test and its words. A function lists the kinds of its options in a table typed
// `Kinds<Options>`, so that `tsc` asks for a row for every option that the interface has.

import { ArgumentError } from "./errors.ts";
import { unknownOption } from "./nearest.ts";

/** What a value must be: a test, and the words for it that follow "expected". */
export interface Kind<T = unknown> {
  readonly says: string;
  fits(value: unknown): boolean;
  /** What to write in place of a value that does not fit, where that can be told. */
  hint?(value: unknown): string | undefined;
  /** What each member must be, where a list is expected. */
  readonly member?: Kind;
  /** Never set: it ties the kind to the type that it stands for; `never` suits every option. */
  readonly of?: T;
}

/** A kind for every option of O; what an option may leave out, its kind does not mention. */
export type Kinds<O extends object> = {
  readonly [K in keyof O]-?: Kind<NonNullable<O[K]>>;
};

function kind<T>(says: string, fits: (value: unknown) => boolean): Kind<T> {
  return { says, fits };
}

export const anything: Kind<never> = kind("anything", () => true);
export const finite: Kind<number> = kind("a finite number", Number.isFinite);
export const positive: Kind<number> = kind("a number above 0", (x) => isNumber(x) && x > 0);
export const notNegative: Kind<number> = kind(
  "a number of 0 or more",
  (x) => isNumber(x) && x >= 0,
);
export const fraction: Kind<number> = kind(
  "a number from 0 to 1",
  (x) => isNumber(x) && x >= 0 && x <= 1,
);
/** From 0 to below 1: a share that leaves something. */
export const share: Kind<number> = kind(
  "a number from 0 to below 1",
  (x) => isNumber(x) && x >= 0 && x < 1,
);
/** What makes smaller, and leaves something. */
export const ratio: Kind<number> = kind(
  "a number above 0 and below 1",
  (x) => isNumber(x) && x > 0 && x < 1,
);
export const whole: Kind<number> = wholeKind("a whole number", () => true);
export const count: Kind<number> = wholeKind("a whole number above 0", (x) => x > 0);
export const index: Kind<number> = wholeKind("a whole number of 0 or more", (x) => x >= 0);
export const flag: Kind<boolean> = kind("true or false", (x) => typeof x === "boolean");
export const text: Kind<string> = kind("a text", (x) => typeof x === "string" && x !== "");
export const func: Kind<never> = kind("a function", (x) => typeof x === "function");
export const object: Kind<never> = kind("an object", isObject);
export const shape: Kind<never> = kind(
  "a shape, a list of whole numbers of 0 or more",
  (x) => Array.isArray(x) && x.every((dim) => isWhole(dim) && dim >= 0),
);
/** Any number, NaN and the infinities too. */
export const number: Kind<number> = kind("a number", (x) => typeof x === "number");

function wholeKind(says: string, fits: (value: number) => boolean): Kind<number> {
  const tooLarge = (x: unknown) =>
    Number.isInteger(x) && !isWhole(x) ? "Whole numbers are exact below 2^53 only" : undefined;
  return { ...kind<number>(says, (x) => isWhole(x) && fits(x)), hint: tooLarge };
}

/** Whole numbers within two bounds, both included. */
export function within(low: number, high: number): Kind<number> {
  return kind(`a whole number from ${low} to ${high}`, (x) => isWhole(x) && x >= low && x <= high);
}

/** One of some texts, or other values that can be written. */
export function oneOf<const T extends string | number | null>(...values: readonly T[]): Kind<T> {
  const says = values.map((value) => JSON.stringify(value)).join(" or ");
  return kind(says, (x) => values.includes(x as T));
}

/** A list whose every member is of this kind. */
export function listOf<T>(member: Kind<T>): Kind<readonly T[]> {
  const fits = (x: unknown) => Array.isArray(x) && x.every(member.fits);
  return { ...kind(`a list, each ${member.says}`, fits), member };
}

/** Either of two kinds. */
export function either<A, B>(a: Kind<A>, b: Kind<B>): Kind<A | B> {
  return kind(`${a.says}, or ${b.says}`, (x) => a.fits(x) || b.fits(x));
}

/** The same kind, with words that say more, or with a hint. */
export function worded<T>(says: string, of: Kind<T>, hint?: Kind["hint"]): Kind<T> {
  return { ...of, says, ...(hint && { hint }) };
}

/** An object that has these methods. */
export function having(says: string, ...methods: readonly string[]): Kind<never> {
  return kind(says, (x) => isObject(x) && methods.every((name) => typeof x[name] === "function"));
}

/** An instance of a class. */
export function instance<T>(says: string, of: abstract new (...args: never[]) => T): Kind<T> {
  return kind(says, (x) => x instanceof of);
}

/**
 * @param where the function, as errors name it
 * @param name the argument, as errors name it
 * @throws ArgumentError unless the value is of the kind
 */
export function expectArgument(where: string, name: string, value: unknown, kind: Kind): void {
  if (!kind.fits(value)) throw unfit(where, name, value, kind);
}

/** The error for an argument of another kind. */
export function unfit(
  where: string,
  name: string,
  value: unknown,
  kind: Kind,
  hint: string | undefined = kind.hint?.(value),
): ArgumentError {
  const says = `${where}: expected ${name} to be ${kind.says}, received ${show(value)}`;
  return new ArgumentError(hint ? `${says}. ${hint}.` : says);
}

/**
 * Checks an object of options. An option that is undefined counts as not given.
 * @param where the function, as errors name it
 * @throws ArgumentError for what is no object, an unknown option (with the nearest known one), an
 * option of another kind, and a required one that is missing
 */
export function expectOptions<O extends object>(
  where: string,
  options: O | undefined,
  kinds: Kinds<O>,
  required: readonly (keyof O & string)[] = [],
): void {
  if (options === undefined && required.length === 0) return;
  if (!isObject(options) || !isPlain(options)) {
    throw new ArgumentError(
      `${where}: expected an object of options, received ${show(options)}. ` +
        `Its options are ${Object.keys(kinds).join(", ")}.`,
    );
  }
  for (const name in options) {
    if (!Object.hasOwn(kinds, name)) throw unknownOption(where, name, Object.keys(kinds));
    const value: unknown = options[name];
    if (value !== undefined)
      expectArgument(where, name, value, (kinds as Record<string, Kind>)[name]!);
  }
  for (const name of required) {
    if (options[name] !== undefined) continue;
    throw new ArgumentError(`${where}: expected ${name}, ${kinds[name].says}, received nothing`);
  }
}

const LONGEST = 60;

/** A value in the words of an error: short, and never failing. */
export function show(value: unknown): string {
  if (typeof value === "function") return value.name ? `the function ${value.name}` : "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (value === undefined) return "nothing";
  if (!isObject(value) && typeof value !== "string") return String(value);
  const name = typeof value === "object" ? (value.constructor?.name ?? "Object") : "";
  if (!["", "Array", "Object"].includes(name))
    return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
  const written = JSON.stringify(plain(value));
  return written.length <= LONGEST ? written : `${written.slice(0, LONGEST)}…`;
}

/** Without what JSON cannot write, and no deeper or longer than anyone reads. */
function plain(value: unknown, depth = 4): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (!isObject(value)) return value;
  if (isInstance(value)) return show(value);
  if (depth === 0) return "…";
  if (Array.isArray(value)) return value.slice(0, LONGEST).map((item) => plain(item, depth - 1));
  const fields = Object.entries(value).slice(0, LONGEST);
  return Object.fromEntries(fields.map(([name, field]) => [name, plain(field, depth - 1)]));
}

function isInstance(value: unknown): boolean {
  if (!isObject(value) || Array.isArray(value)) return false;
  return !["", "Object"].includes(value.constructor?.name ?? "");
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** False for lists, maps, dates and the like, which no table of options describes. */
function isPlain(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Object]";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
