// A search as a job of Slurm: an array of its trials, then one that trains the best.

import { resolve } from "node:path";
import { CliError } from "../terminal/failures.ts";
import { commandName, shellWord } from "../terminal/names.ts";
import type { ToldSearch } from "./search-folder.ts";

/**
 * A script for `sbatch`, whose tasks are the trials that are asked for; each runs one command line.
 * @throws CliError where none is waiting
 */
export function slurmScript({ folder, trials, header }: ToldSearch): string {
  const waiting = trials.filter(({ state }) => state === "asked").map(({ id }) => id);
  if (waiting.length === 0) throw new CliError(`${folder}: no trial is waiting`);
  const at = shellWord(resolve(folder));
  return [
    "#!/bin/bash",
    `#SBATCH --job-name=${header.spec.data.name.replaceAll(/[^\w-]+/g, "-")}`,
    `#SBATCH --array=${ranges(waiting)}`,
    "#SBATCH --ntasks=1",
    `#SBATCH --cpus-per-task=${header.threads}`,
    "# When all have run, the best is trained anew, and a report written:",
    `#   ${commandName()} search --resume ${at}`,
    `exec ${commandName()} search --trial "$SLURM_ARRAY_TASK_ID" --out ${at}`,
    "",
  ].join("\n");
}

/** Numbers that rise, as Slurm writes them: 0-3,7. */
function ranges(numbers: readonly number[]): string {
  const parts: [from: number, to: number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
