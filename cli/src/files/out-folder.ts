// What may be written into a folder: nothing replaces another run, or a file that no run wrote, unasked.

import { lstat, stat } from "node:fs/promises";
import { join } from "node:path";
import { decodeText } from "neurite/formats";
import { type RunSpec, readRunSpec } from "neurite/train";
import { findRun, type StoredRun } from "../runs/run-folder.ts";
import { UsageError } from "../terminal/failures.ts";
import { FILES } from "./output.ts";
import { MOST_BYTES, readUpToLimit } from "./read-file.ts";

const CHOOSE = "or start over with --overwrite";

/**
 * What another run wrote is not replaced unasked, nor what no run wrote; the same run, finished, would
 * come out the same.
 * @throws UsageError where something is in the way
 */
export async function expectFree(folder: string, spec: RunSpec): Promise<void> {
  const old = await findRun(folder).catch(() => "broken" as const);
  if (old === null) return await expectNoOthers(folder, spec);
  if (old === "broken") {
    throw new UsageError(
      `--out: ${folder} holds a broken run, or weights of another program; ` +
        `take another folder, ${CHOOSE}`,
    );
  }
  if (!isSameSpec(old.spec, spec)) {
    throw new UsageError(`--out: ${folder} holds another run; take another folder, ${CHOOSE}`);
  }
  if (isUnfinished(old)) {
    throw new UsageError(
      `--out: ${folder} holds this run, unfinished (${old.checkpoint.epochs.length} of ` +
        `${spec.training.epochs} epochs); go on with --resume, ${CHOOSE}`,
    );
  }
}

/** A run's weights are written first: where there are none, the other files are the user's own. */
async function expectNoOthers(folder: string, spec: RunSpec): Promise<void> {
  for (const name of [FILES.spec, FILES.history, FILES.report, FILES.inspect]) {
    const path = join(folder, name);
    const found = await lstat(path).catch(() => null);
    if (!found || (name === FILES.spec && (await holdsSpec(path, spec)))) continue;
    throw new UsageError(
      `--out: ${folder} holds a ${name} that no run wrote, as there is no ${FILES.weights}; ` +
        "take another folder, or replace it with --overwrite",
    );
  }
}

/** True for a file that says the same as a specification, however it is written. */
export async function holdsSpec(
  path: string,
  spec: RunSpec,
  isSame: (held: RunSpec, spec: RunSpec) => boolean = isSameSpec,
): Promise<boolean> {
  try {
    const bytes = await readUpToLimit(path, MOST_BYTES.spec);
    return isSame(readRunSpec(decodeText(path, bytes)), spec);
  } catch {
    return false;
  }
}

/** Whether two specifications ask for the same, however it was computed. */
export function isSameSpec(a: RunSpec, b: RunSpec): boolean {
  const asked = ({ arithmetic: _, ...spec }: RunSpec) => JSON.stringify(spec);
  return asked(a) === asked(b);
}

/** The same, and nothing else noted of how it was computed. */
export function isSameRecord(held: RunSpec, spec: RunSpec): boolean {
  const { arithmetic } = held;
  const agrees = JSON.stringify(arithmetic) === JSON.stringify(spec.arithmetic);
  return isSameSpec(held, spec) && (arithmetic === undefined || agrees);
}

function isUnfinished({ spec, checkpoint }: StoredRun): boolean {
  const { stopping, halving, training } = spec;
  return !stopping && !halving && checkpoint.epochs.length < training.epochs;
}

/** Which weights a folder holds, to see whether they are still the same later. */
export async function stampOf(folder: string): Promise<string> {
  const found = await stat(join(folder, FILES.weights)).catch(() => null);
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : "none";
}

/** @throws UsageError where another process has written since the stamp was taken */
export async function expectUnchanged(folder: string, stamp: string): Promise<void> {
  if ((await stampOf(folder)) === stamp) return;
  throw new UsageError(
    `--out: another process has just written to ${folder}; look at it and try again`,
  );
}
