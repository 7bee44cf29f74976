// Names with options, as users and run specifications write them: "elu", { name: "elu", alpha: 2 }.

import {
  expectArgument,
  finite,
  flag,
  type Kind,
  listOf,
  show,
  text,
} from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { fold, unknownName, unknownOption } from "../checks/nearest.ts";

/** The value of one option of a specification. */
export type Option = number | boolean | string | readonly (number | string)[] | OwnFunction;

/** A function as an option; no file holds one. */
type OwnFunction = (path: string) => boolean;

/** The value of every option. */
export type Config = Readonly<Record<string, Option>>;

/** A name, or a name with options, as text files and plain JavaScript write it: not checked yet. */
export type Written = string | { readonly name: string; readonly [option: string]: unknown };

/** One of several names, each with options of its own, as in { name: "elu", alpha: 2 }. */
export type NamedOptions<M> = { [N in keyof M]: Flat<{ readonly name: N } & M[N]> }[keyof M];

type Flat<T> = { [K in keyof T]: T[K] };

/** What a table holds under a name: at least the options and their defaults. */
export interface TableEntry {
  readonly defaults: Config;
  /** What options must be, where the type of their default does not say it all. */
  readonly kinds?: Readonly<Record<string, Kind>> | undefined;
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
 * @param rowOf finds the row of a name that is in the table
 * @throws ArgumentError for what is no name, an unknown name or option, or an option of another kind
 */
export function readSpec<N extends string, E extends TableEntry>(
  kind: string,
  spec: unknown,
  table: Readonly<Record<N, E | null>>,
  aliases: Readonly<Record<string, N>> = {},
  rowOf: (name: N) => E = (name) => table[name] as E,
): ReadSpec<N, E> {
  const isRecord = typeof spec === "object" && spec !== null && !Array.isArray(spec);
  const { name: given, ...options } = (isRecord ? spec : { name: spec }) as Record<string, unknown>;
  if (typeof given !== "string") {
    const received = show(isRecord ? spec : given);
    throw new ArgumentError(`Expected the name of ${article(kind)}, received ${received}.`);
  }
  const name = resolveName(kind, given, table, aliases);
  const entry = rowOf(name);
  return { name, entry, config: readOptions(`${kind} "${name}"`, entry, options) };
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

function readOptions(what: string, { defaults, kinds = {} }: TableEntry, options: object): Config {
  const config: Record<string, Option> = { ...defaults };
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(defaults, option)) {
      throw unknownOption(what, option, Object.keys(defaults));
    }
    expectArgument(what, option, value, kinds[option] ?? kindLike(defaults[option]!));
    config[option] = value;
  }
  return config;
}

/** What an option must be whose default is this. */
function kindLike(initial: Option): Kind {
  if (typeof initial === "number") return finite;
  if (Array.isArray(initial)) return listOf(finite);
  return typeof initial === "boolean" ? flag : text;
}

function article(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}
