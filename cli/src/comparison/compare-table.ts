// Runs side by side in one table: how far they came, what they reached, which settings differ.

import { metricOf } from "neurite/nn";
import type { EpochLogs } from "neurite/train";
import { plural } from "../terminal/names.ts";
import { clock, figure, words } from "../terminal/progress.ts";
import type { ComparedRun } from "./compared-runs.ts";
import { settingDifferences } from "./differences.ts";

/** A row: what each run has there. */
export interface ComparedRow {
  readonly title: string;
  readonly cells: readonly string[];
}

export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** Epochs, time and figures; a star marks the best figure. */
  readonly results: readonly ComparedRow[];
  readonly settings: readonly ComparedRow[];
  /** What a reader must know before the numbers. */
  readonly notes: readonly string[];
  /** The figures of any run's epochs, in the order in which they are met. */
  readonly figures: readonly string[];
}

const NONE = "–";
/** What a row of an epoch has beside figures. */
const NO_FIGURES = new Set(["epoch", "seconds", "learningRate"]);

export function compareRuns(runs: readonly ComparedRun[]): Comparison {
  const figures = [
    ...new Set(runs.flatMap(({ rows }) => rows.flatMap((row) => Object.keys(row)))),
  ].filter((name) => !NO_FIGURES.has(name));
  // With more or fewer examples of the same set, figures still speak of one thing.
  const sets = runs.map(({ spec: { data } }) => JSON.stringify({ ...data, train: undefined }));
  const isAlike = new Set(sets).size === 1;
  const settings = settingDifferences(runs.map(({ spec }) => spec)).map(({ path, values }) => ({
    title: path,
    cells: values.map((value) => (path === "layers" ? (value ?? NONE) : cut(value ?? NONE))),
  }));
  const results = [
    { title: "epochs", cells: runs.map(epochsText) },
    { title: "time", cells: runs.map(({ rows }) => clock(total(rows, "seconds"))) },
    ...figures.map((name) => figureRow(runs, name, isAlike)),
  ];
  return { runs, results, settings, figures, notes: notesOf(runs, figures, settings, isAlike) };
}

/** Lists of words and hashes of files would leave no room for the other runs. */
const LONGEST = 50;

function cut(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : text;
}

/** The row of the epoch whose weights a run has: the best where those were put back, else the last. */
export function keptRow({ rows, spec: { stopping } }: ComparedRun): EpochLogs | undefined {
  const name = stopping?.monitor ?? "valLoss";
  const values = rows.map((row) => row[name]);
  const direction = directionOf(name);
  const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  if (!stopping?.restoreBest || direction === null || known.length === 0) return rows.at(-1);
  return rows[values.indexOf(Math[direction](...known))];
}

/** Of the epoch that was kept, with a star at the best where that means something. */
function figureRow(runs: readonly ComparedRun[], name: string, isAlike: boolean): ComparedRow {
  const values = runs.map((run) => keptRow(run)?.[name]);
  const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const direction = isAlike && known.length > 1 ? directionOf(name) : null;
  const best = direction === null ? null : Math[direction](...known);
  const isTie = known.every((value) => value === best);
  const cells = values.map((value) => {
    if (value === undefined) return NONE;
    return `${figure(name, value)}${value === best && !isTie ? " *" : ""}`;
  });
  return { title: words(name), cells };
}

/** Whether smaller or larger is better; null where nobody knows. */
function directionOf(name: string): "min" | "max" | null {
  const [, base = name] = /^(?:val|test)([A-Z]\w*)$/.exec(name) ?? [];
  const own = base[0]!.toLowerCase() + base.slice(1);
  if (own === "loss") return "min";
  try {
    return metricOf(own as "accuracy").direction ?? null;
  } catch {
    return null; // a metric with options in its name, or of another version
  }
}

function epochsText({ rows, spec }: ComparedRun): string {
  const { epochs } = spec.training;
  return rows.length === epochs ? String(epochs) : `${rows.length} of ${epochs}`;
}

function notesOf(
  runs: readonly ComparedRun[],
  figures: readonly string[],
  settings: readonly ComparedRow[],
  isAlike: boolean,
): string[] {
  const notes: string[] = [];
  if (!isAlike) {
    const sets = [...new Set(runs.map(({ spec }) => spec.data.name))].join(", ");
    notes.push(`The runs have different data (${sets}): their figures cannot be ranked.`);
  }
  for (const { name, rows, spec, fault } of runs) {
    const { epochs } = spec.training;
    if (fault !== null)
      notes.push(`${name} was ended by ${fault} after ${plural(rows.length, "epoch")}.`);
    else if (rows.length === 0) notes.push(`${name} has no epoch yet.`);
    else if (rows.length < epochs && !spec.stopping && !spec.halving) {
      notes.push(`${name} is unfinished: ${rows.length} of ${plural(epochs, "epoch")}.`);
    }
  }
  return [...notes, ...partialNotes(runs, figures), ...sameNote(settings)];
}

/** Figures that not all runs have, by the runs that have them. */
function partialNotes(runs: readonly ComparedRun[], figures: readonly string[]): string[] {
  const trained = runs.filter(({ rows }) => rows.length > 0);
  const owners = new Map<string, string[]>();
  for (const one of figures) {
    const have = trained.filter(({ rows }) => rows.some((row) => one in row));
    if (have.length === trained.length) continue;
    const key = have.map(({ name }) => name).join(", ");
    owners.set(key, [...(owners.get(key) ?? []), words(one)]);
  }
  return [...owners].map(([names, shared]) => `Only ${names} has: ${shared.join(", ")}.`);
}

function sameNote(settings: readonly ComparedRow[]): string[] {
  return settings.length === 0 ? ["The runs have the same settings."] : [];
}

function total(rows: readonly EpochLogs[], name: string): number {
  return rows.reduce((sum, row) => sum + (row[name] ?? 0), 0);
}
