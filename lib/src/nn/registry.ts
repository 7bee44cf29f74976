// A table of what a specification can name: activations, losses and so on. Each has one.

import { type ReadSpec, readSpec, type TableEntry } from "./spec.ts";

export interface Registry<N extends string, E extends TableEntry, T> {
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
): <N extends string, E extends TableEntry>(
  table: Readonly<Record<N, E>>,
  aliases?: Readonly<Record<string, NoInfer<N>>>,
) => Registry<N, E, T> {
  return <N extends string, E extends TableEntry>(
    table: Readonly<Record<N, E>>,
    aliases: Readonly<Record<string, NoInfer<N>>> = {},
  ) => ({
    names: () => Object.keys(table) as N[],
    isOwn: (spec): spec is T => typeof spec === "object" && spec !== null && member in spec,
    read: (spec) => readSpec(kind, spec, table, aliases),
  });
}
