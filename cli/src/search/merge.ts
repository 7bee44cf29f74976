// One search out of several: the same run and the same judge, trials of whatever spaces side by side.

import { resolve } from "node:path";
import type { DimensionSpec } from "neurite/train/search";
import { CliError, UsageError } from "../terminal/failures.ts";
import { plural } from "../terminal/names.ts";
import type { AskEvent, SearchHeader, TrialEvent } from "./ledger.ts";
import { beginSearch, type OpenSearch, readSearch, type ToldSearch } from "./search-folder.ts";
import { type ToldTrial, withEvent } from "./told-trials.ts";
import { trialFolder } from "./trial-run.ts";

/**
 * Makes a search in `out` of those in the folders: their finished trials under new numbers, equal ones once.
 * @throws UsageError or CliError where they cannot be compared
 */
export async function mergeSearches(
  folders: readonly string[],
  out: string | undefined,
): Promise<OpenSearch> {
  if (out === undefined || folders.length < 2) {
    throw new UsageError(
      "--merge: expected two folders or more, and --out, as in: --merge a b --out both",
    );
  }
  if (folders.some((folder) => resolve(folder) === resolve(out))) {
    throw new UsageError(`--merge: ${out} is one of them; take another folder for --out`);
  }
  const searches = await Promise.all(folders.map(readSearch));
  const [first, ...others] = searches as [ToldSearch, ...ToldSearch[]];
  for (const other of others) expectAlike(first, other);
  const finished = searches.flatMap((search) =>
    search.trials
      .filter(({ state }) => state !== "asked")
      .map((trial) => ({ trial, folder: trialFolder(search.folder, trial.id) })),
  );
  const keyed = finished.map((one) => [keyOf(one.trial), one] as const);
  // The first of equal ones.
  const unequal = [...new Map(keyed.toReversed()).values()].reverse();
  const open = await beginSearch(out, mergedHeader(searches, unequal.length));
  let { trials } = open.told;
  for (const { trial, folder } of unequal) {
    for (const event of renumbered(trial, trials.length, folder)) {
      await open.ledger.add(event);
      trials = withEvent(trials, event);
    }
  }
  return { ...open, told: { ...open.told, trials } };
}

function keyOf({ values, epochs, train }: ToldTrial): string {
  return JSON.stringify([values, epochs, train]);
}

/** All paths; values of lists together, of ranges the first. Nothing more is asked for. */
function mergedHeader(searches: readonly ToldSearch[], count: number): SearchHeader {
  const [{ header }] = searches as [ToldSearch];
  const space: Record<string, DimensionSpec> = {};
  for (const { header: one } of searches) {
    for (const [path, dimension] of Object.entries(one.search.space)) {
      const before = space[path];
      space[path] =
        Array.isArray(before) && Array.isArray(dimension)
          ? [...new Map([...before, ...dimension].map((x) => [JSON.stringify(x), x])).values()]
          : (before ?? dimension);
    }
  }
  const { seed, monitor, mode } = header.search;
  const judge = { ...(monitor !== undefined && { monitor }), ...(mode !== undefined && { mode }) };
  const trials = Math.max(1, count);
  return { ...header, search: { space, strategy: "random", trials, seed, ...judge } };
}

function expectAlike(a: ToldSearch, b: ToldSearch): void {
  const [one, other] = [a.ready.monitor, b.ready.monitor];
  const names = `${a.folder} and ${b.folder}`;
  if (one !== other) {
    throw new CliError(`--merge: ${names} are judged by different figures, ${one} and ${other}`);
  }
  if (JSON.stringify(a.header.spec.data) !== JSON.stringify(b.header.spec.data)) {
    throw new CliError(`--merge: ${names} have different data, whose figures say nothing together`);
  }
  if (JSON.stringify(a.header.spec) === JSON.stringify(b.header.spec)) return;
  throw new CliError(
    `--merge: ${names} search other runs (their specifications differ beside the space); ` +
      `compare the best of each, ${plural(2, "run")}, with: neurite compare`,
  );
}

/** The last asking of a trial and what came of it, under another number. */
function renumbered(trial: ToldTrial, id: number, folder: string): TrialEvent[] {
  const ask: AskEvent = { ...trial.ask, trial: id, folder };
  const events: TrialEvent[] = [ask];
  if (trial.done) events.push({ ...trial.done, trial: id });
  if (trial.failed) events.push({ ...trial.failed, trial: id });
  return events;
}
