// A table of what a specification can name: activations, losses and so on. Each has one.

import { fold } from "../checks/nearest.ts";
import { notFetched } from "../checks/not-fetched.ts";
import { fetchOps } from "../ops/fetch.ts";
import { type ReadSpec, readSpec, type TableEntry } from "./spec.ts";

export interface Registry<N extends string, E extends TableEntry, T> {
  /** All names, in the order of the table. */
  readonly names: () => N[];
  /** True for a thing of the user's own, which is in no table. */
  readonly isOwn: (spec: unknown) => spec is T;
  /** Looks a name up, see `readSpec`. @throws ArgumentError */
  readonly read: (spec: unknown) => ReadSpec<N, E>;
}

/** Rows of a table that are not there from the start, by name. */
export type LateRows = Readonly<Record<string, TableEntry>>;

/** By kind, what entry points have brought, or a specification had fetched. */
const brought = new Map<string, LateRows>();
/** Those tables that have rows to be fetched. */
const fetching = new Map<string, { isLate(name: string): boolean; fetch(): Promise<LateRows> }>();

/** Entry points that have everything at hand bring the late rows of a kind with them. */
export function bringRows(kind: string, rows: LateRows): void {
  brought.set(kind, rows);
}

/**
 * Fetches the late rows of those tables of which a specification names one, at any depth, and the ops that they
 * may be made of: some too many cost a fetch, and none is missed.
 */
export async function fetchNamed(spec: unknown): Promise<void> {
  const texts = [...textsIn(spec, new Set())].map(fold);
  const wanted = [...fetching].filter(([, { isLate }]) => texts.some(isLate));
  await fetchRows(wanted.map(([kind]) => kind));
}

/** Fetches the late rows of these kinds, where they have any, and the ops that they may be made of. */
export async function fetchRows(kinds: readonly string[]): Promise<void> {
  const wanted = kinds.filter((kind) => fetching.has(kind) && !brought.has(kind));
  const rows = wanted.map(async (kind) => bringRows(kind, await fetching.get(kind)!.fetch()));
  await Promise.all(wanted.length > 0 ? [...rows, fetchOps()] : rows);
}

function textsIn(value: unknown, found: Set<string>): Set<string> {
  if (typeof value === "string") found.add(value);
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) textsIn(inner, found);
  }
  return found;
}

/**
 * @param kind what is named, as errors say it
 * @param member what things of this kind have, and specifications have not
 * @param fetch the rows of those names that stand for nothing in the table
 */
export function makeRegistry<T extends object>(
  kind: string,
  member: keyof T & string,
  fetch?: () => Promise<LateRows>,
): <N extends string, E extends TableEntry>(
  table: Readonly<Record<N, E | null>>,
  aliases?: Readonly<Record<string, NoInfer<N>>>,
) => Registry<N, E, T> {
  return <N extends string, E extends TableEntry>(
    table: Readonly<Record<N, E | null>>,
    aliases: Readonly<Record<string, NoInfer<N>>> = {},
  ) => {
    if (fetch) {
      const all = [...Object.keys(table), ...Object.keys(aliases)];
      const late = all.filter((name) => table[aliases[name] ?? (name as N)] === null).map(fold);
      fetching.set(kind, { isLate: (name) => late.includes(name), fetch });
    }
    const rowOf = (name: N): E => {
      const row = table[name] ?? brought.get(kind)?.[name];
      if (row) return row as E;
      throw notFetched(`${kind} "${name}"`, "neurite/nn");
    };
    return {
      names: () => Object.keys(table) as N[],
      isOwn: (spec): spec is T => typeof spec === "object" && spec !== null && member in spec,
      read: (spec) => readSpec(kind, spec, table, aliases, rowOf),
    };
  };
}
