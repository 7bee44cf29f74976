// A run that the reader keeps, and a list of them as a text that a browser holds on to.

import {
  type Json,
  packWeights,
  Reader,
  readSettings,
  treeOf,
  unpackWeights,
} from "../codec/index.ts";
import { type Settings, XOR } from "../state/index.ts";
import type { HistoryRow } from "./history.ts";

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

const VERSION = 1;
const MOST_NUMBERS = 200_000;

export function writeRuns(runs: readonly KeptRun[]): string {
  return JSON.stringify({ v: VERSION, runs: runs.map(plainOf) });
}

function plainOf({ weights, map, ...run }: KeptRun) {
  const numbers = { ...weights, ...(map && { [MAP]: map.values }) };
  return { ...run, cells: map?.cells ?? null, numbers: packWeights(numbers) };
}

/** What the map is called among the numbers: no variable has such a name. */
const MAP = "";

/** The runs of such a text. What cannot be read whole, as another version wrote it, is left out. */
export function readRuns(text: string | null): readonly KeptRun[] {
  if (text === null) return [];
  try {
    const { v, runs } = treeOf(JSON.parse(text) as Json);
    if (v !== VERSION || !Array.isArray(runs)) return [];
    return runs.flatMap((run: Json) => readRun(run) ?? []);
  } catch {
    return [];
  }
}

function readRun(value: Json): KeptRun | null {
  const reader = new Reader();
  const { id, name, settings, history, cells, classes, numbers } = treeOf(value);
  const all = unpackWeights(numbers ?? null, reader, MOST_NUMBERS);
  const read: Settings = readSettings(settings ?? null, XOR, reader);
  if (reader.problems.length > 0 || !all || !Array.isArray(history)) return null;
  if (typeof id !== "number" || typeof name !== "string") return null;
  const { [MAP]: values, ...weights } = all;
  const isWhole = typeof cells === "number" && values && values.length % cells ** 2 === 0;
  return {
    id,
    name,
    settings: read,
    weights,
    history: history.map(readRow),
    map: isWhole ? { cells, values } : null,
    classes: typeof classes === "number" ? classes : null,
  };
}

/** JSON has no NaN and no infinities: a loss that is neither is written as null. */
function readRow(value: Json): HistoryRow {
  const row = treeOf(value) as unknown as HistoryRow & { readonly trainLoss: number | null };
  return { ...row, trainLoss: row.trainLoss ?? Number.NaN };
}
