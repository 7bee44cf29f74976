// The folder of a search: a ledger, a folder a trial, the best. Opened for a new search or to go on with one.

import { join } from "node:path";
import { planSearch, type ReadySearch } from "neurite/train/search";
import type { FolderLock } from "../files/folder-lock.ts";
import { openFolder } from "../files/output.ts";
import { readUpToLimit } from "../files/read-file.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { commandName, plural } from "../terminal/names.ts";
import {
  type BestEvent,
  type DoneEvent,
  type FailedEvent,
  type Ledger,
  type LedgerEvent,
  openLedger,
  readLedger,
  type SearchHeader,
} from "./ledger.ts";
import { type ToldTrial, withEvent } from "./told-trials.ts";
import { RESULT, trialFolder } from "./trial-run.ts";

/** A search as its ledger tells it. */
export interface ToldSearch {
  readonly folder: string;
  readonly header: SearchHeader;
  readonly ready: ReadySearch;
  readonly trials: readonly ToldTrial[];
  readonly best: BestEvent | null;
}

/** A search that this process carries on. */
export interface OpenSearch {
  readonly told: ToldSearch;
  readonly ledger: Ledger;
  readonly lock: FolderLock;
}

/** The search in a folder, or null. @throws CliError for a damaged one */
export async function findSearch(folder: string): Promise<ToldSearch | null> {
  const events = await readLedger(folder);
  if (events === null || events.length === 0) return null;
  return toldSearch(folder, events);
}

/** The search in a folder. @throws CliError where there is none */
export async function readSearch(folder: string): Promise<ToldSearch> {
  const found = await findSearch(folder);
  if (found) return found;
  throw new CliError(`${folder}: there is no search here (no ledger.jsonl with a first line)`);
}

function toldSearch(folder: string, events: readonly LedgerEvent[]): ToldSearch {
  const [first, ...rest] = events as [SearchHeader, ...Exclude<LedgerEvent, SearchHeader>[]];
  let header = first;
  let trials: readonly ToldTrial[] = [];
  let best: BestEvent | null = null;
  for (const event of rest) {
    if (event.event === "best") best = event;
    else if (event.event === "more") {
      header = { ...header, search: { ...header.search, trials: event.trials } };
      best = null; // there may be a better one then
    } else trials = withEvent(trials, event);
  }
  const ready = planSearch(header.spec, header.search, header.examples);
  return { folder, header, ready, trials, best };
}

/**
 * Begins a search in a folder that has none.
 * @throws UsageError for a folder that holds a search already, this one or another
 */
export async function beginSearch(folder: string, header: SearchHeader): Promise<OpenSearch> {
  const lock = await openFolder(folder);
  let ledger: Ledger | null = null;
  try {
    const found = await findSearch(folder);
    if (found) throw refusal(found, header);
    ledger = await openLedger(folder);
    await ledger.add(header);
    return { told: toldSearch(folder, [header]), ledger, lock };
  } catch (error) {
    await ledger?.close();
    lock.release();
    throw error;
  }
}

function refusal({ folder, header, trials }: ToldSearch, wanted: SearchHeader): UsageError {
  const asked = ({ spec, search }: SearchHeader) =>
    JSON.stringify({ spec, search: { ...search, trials: null } });
  if (asked(header) !== asked(wanted)) {
    return new UsageError(`--out: ${folder} holds another search; take another folder`);
  }
  const done = trials.filter(({ state }) => state !== "asked").length;
  const more = wanted.search.trials;
  const isMore = more !== header.search.trials && (more ?? 0) > trials.length;
  return new UsageError(
    `--out: ${folder} holds this search, with ${done} trials done; ` +
      `go on with: ${commandName()} search --resume ${folder}${isMore ? ` --trials ${more}` : ""}`,
  );
}

/**
 * Opens a search to go on with it; what trials have left in their folders is added to its ledger.
 * @param most the trials that there may be in all from now on
 * @throws UsageError where there are as many already
 */
export async function resumeSearch(folder: string, most?: number): Promise<OpenSearch> {
  expectMore(await readSearch(folder), most); // before a folder is made, or a lock taken
  const lock = await openFolder(folder);
  let ledger: Ledger | null = null;
  try {
    ledger = await openLedger(folder);
    let told = await readSearch(folder);
    for (const trial of told.trials.filter(({ state }) => state === "asked")) {
      const left = await leftResult(folder, trial);
      if (!left) continue;
      await ledger.add(left);
      told = { ...told, trials: withEvent(told.trials, left) };
    }
    if (most !== undefined && most !== told.header.search.trials) {
      await ledger.add({ event: "more", trials: most });
      told = await readSearch(folder);
    }
    return { told, ledger, lock };
  } catch (error) {
    await ledger?.close();
    lock.release();
    throw error;
  }
}

function expectMore({ trials, header }: ToldSearch, most: number | undefined): void {
  if (most === undefined || most === header.search.trials || most > trials.length) return;
  throw new UsageError(
    `--trials: the search has ${plural(trials.length, "trial")} already; expected more in all, received ${most}`,
  );
}

/** What a trial wrote of its last asking, where the search did not live to hear of it. */
async function leftResult(
  folder: string,
  { id, epochs }: ToldTrial,
): Promise<DoneEvent | FailedEvent | null> {
  try {
    const bytes = await readUpToLimit(join(trialFolder(folder, id), RESULT), 2 ** 26);
    const result = JSON.parse(new TextDecoder().decode(bytes)) as DoneEvent | FailedEvent;
    const isIts = result.trial === id && result.epochs === epochs;
    const isOne =
      result.event === "failed" || (result.event === "done" && Number.isFinite(result.score));
    return isIts && isOne ? result : null;
  } catch {
    return null; // not there, or not whole: it is run
  }
}
