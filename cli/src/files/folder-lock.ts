// One writer a folder: a file says who writes there, and what a killed process left behind gives way.

import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { CliError } from "../terminal/failures.ts";

const LOCK = ".neurite-lock";

export interface FolderLock {
  release(): void;
}

/** Who holds a lock. The start tells a process from a later one with its number. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly started: string | null;
}

/**
 * Takes a folder until released, or until this process ends.
 * @throws CliError while another process writes there
 */
export function lockFolder(folder: string, flag = "--out"): FolderLock {
  const path = join(folder, LOCK);
  const holder: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  const mark = JSON.stringify({ ...holder, mark: randomBytes(8).toString("hex") });
  while (!take(path, mark)) clearAway(folder, path, flag);
  const release = () => {
    process.off("exit", release);
    if (read(path) === mark) rmSync(path, { force: true });
  };
  process.on("exit", release);
  return { release };
}

/** False where the lock is there already. */
function take(path: string, mark: string): boolean {
  try {
    writeFileSync(path, mark, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a lock that nobody holds any more. @throws CliError where somebody does */
function clearAway(folder: string, path: string, flag: string): void {
  const text = read(path);
  if (text === null) return; // released meanwhile
  if (isHeld(path, text)) refuse(flag, folder, path, text);
  // Taken away under a name of its own, and only then judged by what it was: between reading and
  // removing, another process may have cleared the way and taken the lock.
  const aside = `${path}.${process.pid}.${randomBytes(4).toString("hex")}.neurite-tmp`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const taken = read(aside);
  if (taken !== null && taken !== text && take(path, taken)) {
    rmSync(aside, { force: true });
    refuse(flag, folder, path, taken);
  }
  rmSync(aside, { force: true });
}

function refuse(flag: string, folder: string, path: string, text: string): never {
  const holder = parse(text);
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "another process";
  throw new CliError(
    `${flag}: ${who} is writing to ${folder}; wait for it, or take another folder ` +
      `(if no such process is left, remove ${path})`,
  );
}

/** A lock without its words yet is one that is being written, unless it is old. */
const WRITING_MS = 10_000;

function isHeld(path: string, text: string): boolean {
  const holder = parse(text);
  if (!holder) return ageOf(path) < WRITING_MS;
  if (holder.host !== hostname()) return true; // of another machine one cannot know
  if (!isAlive(holder.pid)) return false;
  const started = startOf(holder.pid);
  return holder.started === null || started === null || started === holder.started;
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function parse(text: string): Holder | null {
  try {
    const { pid, host, started } = JSON.parse(text) as Partial<Holder>;
    if (!Number.isSafeInteger(pid) || pid! <= 0 || typeof host !== "string") return null;
    return { pid: pid!, host, started: typeof started === "string" ? started : null };
  } catch {
    return null;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process began, in the system's own words; null where it does not say. */
function startOf(pid: number): string | null {
  const text = read(`/proc/${pid}/stat`);
  // The second field is a name in parentheses, which may hold anything; the start is the 22nd.
  return text?.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}
