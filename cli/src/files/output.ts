// The folder of a run, and files that are whole or not there at all.

import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CliError, reasonOf } from "../terminal/failures.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { named } from "./read-file.ts";

export const FILES = {
  spec: "spec.json",
  weights: "weights.safetensors",
  history: "history.csv",
  report: "report.html",
  inspect: "inspect.html",
} as const;

/** Marks files that are being written; what a killed run leaves is swept away by the next one. */
const TEMPORARY = ".neurite-tmp";

/**
 * Writes a file so that a reader finds the old content or the new, never a part. Where the name is a
 * symbolic link to a file, the link is replaced, not what it leads to. A device or a pipe is written to: in its place
 * there must not be a file.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found && !found.isFile() && !found.isDirectory()) return await writeInto(path, content);
  const unique = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const temporary = join(dirname(path), `.${basename(path)}.${unique}${TEMPORARY}`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw named(error, path);
  }
}

async function writeInto(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw named(error, path);
  }
}

/** Makes a folder, one by one: where a file system refuses in its own way, as /proc does, mkdir -p never returns. */
export async function makeFolders(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error("a file"), { code: "EEXIST" });
  if (dirname(path) !== path) await makeFolders(dirname(path));
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

/**
 * Makes the folder where needed, and takes it: nobody else writes there until it is released.
 * @throws CliError where it cannot be written to, or where another process is writing
 */
export async function openFolder(path: string, flag = "--out"): Promise<FolderLock> {
  let lock: FolderLock | null = null;
  try {
    await makeFolders(resolve(path));
    await access(path, constants.W_OK | constants.X_OK);
    lock = lockFolder(path, flag);
    await sweepFolder(path);
    return lock;
  } catch (error) {
    lock?.release();
    if (error instanceof CliError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOTDIR") {
      throw new CliError(`${flag}: expected a folder, but ${path} is a file or lies under one`);
    }
    throw new CliError(`${flag}: cannot write to ${path}: ${reasonOf(error)}`);
  }
}

/** Removes what a killed process was writing in a folder that is taken. */
export async function sweepFolder(path: string): Promise<void> {
  const left = (await readdir(path)).filter((name) => name.endsWith(TEMPORARY));
  await Promise.all(left.map((name) => rm(join(path, name), { force: true })));
}
