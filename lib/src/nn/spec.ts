// Names with options, as users and run specifications write them: "elu", { name: "elu", alpha: 2 }.

import { ArgumentError } from "../ir/errors.ts";
import { unknownName, unknownOption } from "../ir/nearest.ts";

export type Option = number | boolean | string;

/** The value of every option. */
export type Config = Readonly<Record<string, Option>>;

/** A name, and those options that differ from their defaults. */
export interface Spec<N extends string = string> {
  readonly name: N | (string & {});
  readonly [option: string]: unknown;
}

/** What a table holds under a name: at least the options and their defaults. */
interface Entry {
  readonly defaults: Config;
}

export interface ReadSpec<N extends string, E> {
  readonly name: N;
  readonly entry: E;
  readonly config: Config;
}

/**
 * Looks a specification up. Names may be written as Keras writes them: case and underscores do not
 * count, so "leaky_relu" and "LeakyReLU" are leakyRelu.
 * @param kind what is named, as errors say it
 * @throws ArgumentError for an unknown name or option, or an option of the wrong type
 */
export function readSpec<N extends string, E extends Entry>(
  kind: string,
  spec: string | Spec,
  table: Readonly<Record<N, E>>,
  aliases: Readonly<Record<string, N>> = {},
): ReadSpec<N, E> {
  const { name: given, ...options } = typeof spec === "string" ? { name: spec } : spec;
  if (typeof given !== "string") {
    throw new ArgumentError(`Expected the name of ${article(kind)}, received ${show(given)}.`);
  }
  const name = resolveName(kind, given, table, aliases);
  const entry = table[name];
  return { name, entry, config: readOptions(`${kind} "${name}"`, entry.defaults, options) };
}

function resolveName<N extends string>(
  kind: string,
  given: string,
  table: Readonly<Record<N, unknown>>,
  aliases: Readonly<Record<string, N>>,
): N {
  const names = Object.keys(table) as N[];
  const wanted = fold(given);
  const alias = Object.keys(aliases).find((known) => fold(known) === wanted);
  const name = names.find((known) => fold(known) === wanted) ?? (alias && aliases[alias]);
  if (name) return name;
  throw unknownName(kind, given, names);
}

function readOptions(what: string, defaults: Config, options: Readonly<Record<string, unknown>>) {
  const config: Record<string, Option> = { ...defaults };
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const initial = Object.hasOwn(defaults, option) ? defaults[option] : undefined;
    if (initial === undefined) {
      throw unknownOption(what, option, Object.keys(defaults));
    }
    if (typeof value !== typeof initial || Number.isNaN(value)) {
      throw new ArgumentError(
        `${what}: expected ${option} to be a ${typeof initial}, received ${show(value)}`,
      );
    }
    config[option] = value as Option;
  }
  return config;
}

function fold(name: string): string {
  return name.replaceAll(/[_\- ]/g, "").toLowerCase();
}

function article(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}

function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  return JSON.stringify(value) ?? String(value);
}
