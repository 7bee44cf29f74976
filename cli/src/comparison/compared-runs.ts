// Runs to be set side by side: what each was, how far it came, and under which name it is told.

import { existsSync } from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import type { EpochLogs, RunSpec } from "neurite/train";
import { keptFault } from "../runs/fault.ts";
import { readRun } from "../runs/run-folder.ts";
import { UsageError } from "../terminal/failures.ts";

export interface ComparedRun {
  /** Short, and like no other's. */
  readonly name: string;
  readonly folder: string;
  readonly spec: RunSpec;
  /** A row for each epoch that is done. */
  readonly rows: readonly EpochLogs[];
  /** What ended it by a NaN or an infinity. */
  readonly fault: string | null;
}

/** @throws UsageError for fewer than two, or one twice; CliError for a folder without a run */
export async function readRuns(folders: readonly string[]): Promise<readonly ComparedRun[]> {
  const places = folders.map(runIn);
  const twice = places.find((place, i) => places.findIndex((other) => isSame(place, other)) < i);
  if (twice !== undefined) throw new UsageError(`compare: ${twice} is named twice`);
  if (places.length < 2) {
    throw new UsageError(
      "compare: expected two runs or more, as in: neurite compare runs/a runs/b",
    );
  }
  const names = shortNames(places);
  return await Promise.all(
    places.map(async (folder, i) => {
      const { spec, checkpoint } = await readRun(folder);
      const fault = keptFault(checkpoint);
      const { search: _, arithmetic: _a, ...asked } = spec;
      return {
        name: names[i]!,
        folder,
        spec: asked,
        rows: checkpoint.epochs,
        fault: fault === null ? null : "a number that is not finite",
      };
    }),
  );
}

/** Of a search the best run is meant. */
function runIn(folder: string): string {
  const best = join(folder, "best");
  return existsSync(join(folder, "ledger.jsonl")) && existsSync(best) ? best : folder;
}

function isSame(a: string, b: string): boolean {
  return resolve(a) === resolve(b);
}

/** The ends of paths, as long as it takes to tell them apart. */
export function shortNames(folders: readonly string[]): readonly string[] {
  const parts = folders.map((folder) => resolve(folder).split(sep));
  const most = Math.max(...parts.map(({ length }) => length));
  // Every search has a best: that says nothing by itself.
  const least = parts.some((all) => all.at(-1) === "best") ? 2 : 1;
  for (let length = least; length < most; length++) {
    const names = parts.map((all) => all.slice(-length).join("/"));
    if (new Set(names).size === names.length) return names;
  }
  return folders.map((folder) => basename(folder) || folder);
}
