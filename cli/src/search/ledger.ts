// The ledger of a search: JSON lines that are only ever added, each on the disk before anything follows from it.

import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import type { EpochLogs, RunSpec } from "neurite/train";
import type { SearchSpec, Values } from "neurite/train/search";
import { named, readUpToLimit } from "../files/read-file.ts";
import { CliError } from "../terminal/failures.ts";

export const LEDGER = "ledger.jsonl";
/** A line takes some hundred bytes, and as much again for each ten epochs. */
const MOST_BYTES = 2 ** 30;

/** The first line: what is searched, so that the ledger alone is enough to go on. */
export interface SearchHeader {
  readonly event: "search";
  readonly version: 1;
  readonly spec: RunSpec;
  readonly search: SearchSpec;
  /** How many training examples there are. */
  readonly examples: number;
  /** Of each trial. */
  readonly threads: number;
}

/** A trial is asked for, before it is started. */
export interface AskEvent {
  readonly event: "ask";
  readonly trial: number;
  readonly epochs: number;
  readonly values: Values;
  readonly train?: number | undefined;
  readonly why?: string | undefined;
  /** What a launcher may run in the place of this program. */
  readonly command: string;
  /** Where it was run, if that was another search. */
  readonly folder?: string | undefined;
}

/** A trial has reached the epochs that it was asked for. */
export interface DoneEvent {
  readonly event: "done";
  readonly trial: number;
  readonly epochs: number;
  readonly score: number;
  readonly loss: number;
  /** The figures of its last epoch, or of the best where that was put back. */
  readonly figures: EpochLogs;
  /** The monitored figure and the training loss of every epoch so far. */
  readonly curve: readonly number[];
  readonly losses: readonly number[];
  readonly seconds: number;
  readonly stopped?: string | undefined;
}

/** A trial that gave no figure. */
export interface FailedEvent {
  readonly event: "failed";
  readonly trial: number;
  readonly epochs: number;
  readonly reason: string;
}

/** The process of a trial has ended by itself; the trial is started again. */
export interface LostEvent {
  readonly event: "lost";
  readonly trial: number;
  readonly reason: string;
}

/** The best trial was trained anew, and judged on the test set. */
export interface BestEvent {
  readonly event: "best";
  readonly trial: number;
  readonly folder: string;
  readonly test: Readonly<Record<string, number>> | null;
}

/** The search may ask for more trials than its first line says. */
export interface MoreEvent {
  readonly event: "more";
  /** In all. */
  readonly trials: number;
}

export type TrialEvent = AskEvent | DoneEvent | FailedEvent | LostEvent;
export type LedgerEvent = SearchHeader | TrialEvent | BestEvent | MoreEvent;

/** A ledger that is open for more lines. */
export interface Ledger {
  /** On the disk when it returns. */
  add(event: LedgerEvent): Promise<void>;
  close(): Promise<void>;
}

/** What a ledger says, or null where there is none. @throws CliError for a damaged one */
export async function readLedger(folder: string): Promise<readonly LedgerEvent[] | null> {
  const path = join(folder, LEDGER);
  let bytes: Uint8Array;
  try {
    bytes = await readUpToLimit(path, MOST_BYTES);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
  return eventsOf(path, new TextDecoder().decode(bytes.subarray(0, wholeLines(bytes))));
}

/** Opens it for adding. What a killed process left of a line is cut off. */
export async function openLedger(folder: string): Promise<Ledger> {
  const path = join(folder, LEDGER);
  try {
    const file = await open(path, "a+");
    await cutPart(file).catch(async (error: unknown) => {
      await file.close();
      throw error;
    });
    return {
      async add(event) {
        try {
          await file.appendFile(`${JSON.stringify(event)}\n`);
          await file.datasync();
        } catch (error) {
          throw named(error, path);
        }
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw named(error, path);
  }
}

async function cutPart(file: FileHandle): Promise<void> {
  const found = await file.stat();
  if (!found.isFile() || found.size === 0) return;
  const bytes = Buffer.alloc(found.size);
  await file.read(bytes, 0, found.size, 0);
  const whole = wholeLines(bytes);
  if (whole < found.size) await file.truncate(whole);
}

/** How many bytes end with a line's end. */
function wholeLines(bytes: Uint8Array): number {
  return bytes.lastIndexOf(10) + 1;
}

function eventsOf(path: string, text: string): LedgerEvent[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line, i) => {
    const event = parsed(line);
    const isWanted = i === 0 ? event?.event === "search" : event !== null;
    if (event && isWanted && isWhole(event)) return event;
    const what = i === 0 ? "this is no ledger of a search" : "this line is damaged";
    throw new CliError(`${path}: line ${i + 1}: ${what}`);
  });
}

function parsed(line: string): LedgerEvent | null {
  try {
    return JSON.parse(line) as LedgerEvent | null;
  } catch {
    return null;
  }
}

/** Has the fields that all else depends on. */
function isWhole(event: LedgerEvent): boolean {
  const isIndex = (x: unknown) => Number.isSafeInteger(x) && Number(x) >= 0;
  switch (event.event) {
    case "search":
      return event.version === 1 && isIndex(event.examples) && isIndex(event.threads);
    case "ask":
      return isIndex(event.trial) && isIndex(event.epochs) && typeof event.values === "object";
    case "done":
      return isIndex(event.trial) && isIndex(event.epochs) && Number.isFinite(event.score);
    case "failed":
    case "lost":
      return isIndex(event.trial) && typeof event.reason === "string";
    case "best":
      return isIndex(event.trial);
    case "more":
      return isIndex(event.trials) && event.trials > 0;
    default:
      return false;
  }
}
