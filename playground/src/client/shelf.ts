// Runs that the reader keeps, outside of the state: weights and curves are many numbers.

import { type Signal, signal } from "@preact/signals";
import type { HistoryRow } from "./history.ts";
import { type KeptRun, readRuns, writeRuns } from "./kept-run.ts";

export const MOST_KEPT = 12;
const MOST_ROWS = 400;

/** Where the shelf is kept from one visit to the next: a text, if there is room for it. */
export interface Store {
  read(): string | null;
  /** @returns false where there is no room */
  write(text: string): boolean;
}

export class Shelf {
  /** In the order in which they were kept. */
  readonly runs: Signal<readonly KeptRun[]>;
  readonly #store: Store | null;
  #last: number;

  constructor(store: Store | null = null) {
    this.#store = store;
    const kept = readRuns(store?.read() ?? null);
    this.runs = signal(kept);
    this.#last = Math.max(0, ...kept.map(({ id }) => id));
  }

  /** Keeps a run under the name that its number gives. The oldest goes where there is no room. */
  keep(run: Omit<KeptRun, "id" | "name">, nameOf: (number: number) => string): KeptRun {
    this.#last += 1;
    const history = thinned(run.history);
    const kept = { ...run, history, id: this.#last, name: nameOf(this.#last) };
    this.#set([...this.runs.value, kept].slice(-MOST_KEPT));
    return kept;
  }

  rename(id: number, name: string): void {
    this.#set(this.runs.value.map((run) => (run.id === id ? { ...run, name } : run)));
  }

  remove(id: number): void {
    this.#set(this.runs.value.filter((run) => run.id !== id));
  }

  /** Where there is no room for all, the last ones are kept. */
  #set(runs: readonly KeptRun[]): void {
    this.runs.value = runs;
    let first = 0;
    while (this.#store?.write(writeRuns(runs.slice(first))) === false && first < runs.length)
      first++;
  }
}

/** Evenly, with the last row. */
function thinned(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  if (rows.length <= MOST_ROWS) return [...rows];
  const step = (rows.length - 1) / (MOST_ROWS - 1);
  return Array.from({ length: MOST_ROWS }, (_, i) => rows[Math.round(i * step)]!);
}
