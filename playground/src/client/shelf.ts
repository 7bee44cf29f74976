// Runs that the reader keeps, outside of the state: weights and curves are many numbers.

import { type Signal, signal } from "@preact/signals";
import type { Settings } from "../state/index.ts";
import type { HistoryRow } from "./frames.ts";

export interface KeptRun {
  readonly id: number;
  readonly name: string;
  readonly settings: Settings;
  readonly weights: Readonly<Record<string, Float32Array>>;
  /** The curves up to where it was kept. */
  readonly history: readonly HistoryRow[];
  /** What it answered on the plane [units, cells, cells]; null for other than two inputs. */
  readonly map: { readonly cells: number; readonly values: Float32Array } | null;
  readonly classes: number | null;
}

export const MOST_KEPT = 12;
const MOST_ROWS = 400;

export class Shelf {
  /** In the order in which they were kept. */
  readonly runs: Signal<readonly KeptRun[]> = signal([]);
  #last = 0;

  /** Keeps a run under the name that its number gives. The oldest goes where there is no room. */
  keep(run: Omit<KeptRun, "id" | "name">, nameOf: (number: number) => string): KeptRun {
    this.#last += 1;
    const history = thinned(run.history);
    const kept = { ...run, history, id: this.#last, name: nameOf(this.#last) };
    this.runs.value = [...this.runs.value, kept].slice(-MOST_KEPT);
    return kept;
  }

  rename(id: number, name: string): void {
    this.runs.value = this.runs.value.map((run) => (run.id === id ? { ...run, name } : run));
  }

  remove(id: number): void {
    this.runs.value = this.runs.value.filter((run) => run.id !== id);
  }
}

/** Evenly, with the last row. */
function thinned(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  if (rows.length <= MOST_ROWS) return [...rows];
  const step = (rows.length - 1) / (MOST_ROWS - 1);
  return Array.from({ length: MOST_ROWS }, (_, i) => rows[Math.round(i * step)]!);
}
