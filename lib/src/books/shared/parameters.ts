// What an experiment may be told instead of the book's own numbers.

import {
  count,
  expectOptions,
  finite,
  flag,
  index,
  type Kind,
  type Kinds,
  listOf,
  positive,
  within,
  worded,
} from "../../checks/arguments.ts";

/** What a parameter can be. */
export type ParameterValue = number | boolean | readonly number[];

/** One parameter of an experiment: what it is, what it can be, and the book's own value. */
export interface Parameter<T extends ParameterValue = ParameterValue> {
  readonly says: string;
  readonly book: T;
  readonly kind: Kind<T>;
}

/** A value for each parameter. */
export type ExperimentPoint = Readonly<Record<string, ParameterValue>>;

/** The parameters of an experiment whose values are P. */
export type Parameters<P> = {
  readonly [K in keyof P]-?: P[K] extends ParameterValue ? Parameter<P[K]> : never;
};

/** Any finite number. */
export const real = (says: string, book: number): Parameter<number> => ({
  says,
  book,
  kind: finite,
});

/** A whole number above 0. */
export const counted = (says: string, book: number): Parameter<number> => ({
  says,
  book,
  kind: count,
});

/** A whole number between two, with both. */
export const countedWithin = (
  says: string,
  book: number,
  [low, high]: readonly [number, number],
): Parameter<number> => ({ says, book, kind: within(low, high) });

/** A number above 0. */
export const realAbove0 = (says: string, book: number): Parameter<number> => ({
  says,
  book,
  kind: positive,
});

/** Two finite numbers, the lower first. */
export function interval(says: string, book: readonly number[]): Parameter<readonly number[]> {
  const list = listOf(finite);
  const fits = (value: unknown): boolean => {
    if (!list.fits(value) || (value as readonly number[]).length !== 2) return false;
    const [from, to] = value as readonly [number, number];
    return from < to;
  };
  return { says, book, kind: { ...worded("two numbers, the lower first", list), fits } };
}

/** A whole number of 0 or more. */
export const natural = (says: string, book: number): Parameter<number> => ({
  says,
  book,
  kind: index,
});

/** True or false. */
export const yesOrNo = (says: string, book: boolean): Parameter<boolean> => ({
  says,
  book,
  kind: flag,
});

/** A list of finite numbers: as many as the book has, or, with `any`, at least one. */
export function reals(
  says: string,
  book: readonly number[],
  length: "same" | "any" = "same",
): Parameter<readonly number[]> {
  return { says, book, kind: ofLength(listOf(finite), "finite numbers", book, length) };
}

/** A list of whole numbers above 0, as reals(). */
export function counts(
  says: string,
  book: readonly number[],
  length: "same" | "any" = "any",
): Parameter<readonly number[]> {
  return { says, book, kind: ofLength(listOf(count), "whole numbers above 0", book, length) };
}

/** A list of whole numbers of 0 or more, at least one. */
export function naturals(says: string, book: readonly number[]): Parameter<readonly number[]> {
  return { says, book, kind: ofLength(listOf(index), "whole numbers of 0 or more", book, "any") };
}

function ofLength(
  list: Kind<readonly number[]>,
  what: string,
  book: readonly number[],
  length: "same" | "any",
): Kind<readonly number[]> {
  const least = length === "same" ? book.length : 1;
  const says = length === "same" ? `a list of ${least} ${what}` : `a list of ${what}`;
  const fits = (value: unknown): boolean => {
    if (!list.fits(value)) return false;
    const given = (value as readonly number[]).length;
    return length === "same" ? given === least : given >= least;
  };
  return { ...worded(says, list), fits };
}

/**
 * The book's point, with what was given in place of its values.
 * @throws ArgumentError for a name that is no parameter, or a value of another kind
 */
export function experimentPoint<P extends object>(
  where: string,
  parameters: Parameters<P>,
  given: Partial<P>,
): P {
  const entries = Object.entries<Parameter>(parameters);
  const kinds = Object.fromEntries(entries.map(([name, { kind }]) => [name, kind]));
  expectOptions(where, given, kinds as Kinds<Partial<P>>);
  const own = Object.entries(given).filter(([, value]) => value !== undefined);
  const book = entries.map(([name, parameter]) => [name, parameter.book]);
  return Object.fromEntries([...book, ...own]) as P;
}

/** True where every value is the book's. */
export function isBooks(
  parameters: Readonly<Record<string, Parameter>>,
  given: ExperimentPoint,
): boolean {
  return Object.entries(given).every(
    ([name, value]) => value === undefined || String(value) === String(parameters[name]?.book), // lists by their members
  );
}
