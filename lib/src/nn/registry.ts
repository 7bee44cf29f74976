// A table of what a specification can name: activations, losses and so on. Each has one.

import { type Entry, type ReadSpec, readSpec } from "./spec.ts";

export interface Registry<N extends string, E extends Entry, T> {
  /** All names, in the order of the table. */
  readonly names: () => N[];
  /** True for a thing of the user's own, which is in no table. */
  readonly isOwn: (spec: unknown) => spec is T;
  /** Looks a name up, see `readSpec`. @throws ArgumentError */
  readonly read: (spec: unknown) => ReadSpec<N, E>;
}

/**
 * @param kind what is named, as errors say it
 * @param member what things of this kind have, and specifications have not
 */
export function makeRegistry<T extends object>(
  kind: string,
  member: keyof T & string,
): <N extends string, E extends Entry>(
  table: Readonly<Record<N, E>>,
  aliases?: Readonly<Record<string, N>>,
) => Registry<N, E, T> {
  return <N extends string, E extends Entry>(
    table: Readonly<Record<N, E>>,
    aliases: Readonly<Record<string, N>> = {},
  ) => ({
    names: () => Object.keys(table) as N[],
    isOwn: (spec): spec is T => typeof spec === "object" && spec !== null && member in spec,
    read: (spec) => readSpec(kind, spec, table, aliases),
  });
}
