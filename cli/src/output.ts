// The folder of a run, and files that are whole or not there at all.

import { constants } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CliError } from "./failures.ts";

export const FILES = {
  spec: "spec.json",
  weights: "weights.safetensors",
  history: "history.csv",
  report: "report.html",
} as const;

/** Marks files that are being written; what a killed run leaves is swept away by the next one. */
const TEMPORARY = ".neurite-tmp";

/** Writes a file so that a reader finds the old content or the new, never a part. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}${TEMPORARY}`);
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** One by one: where a file system refuses in its own way, as /proc does, mkdir -p never returns. */
async function makeFolders(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error("a file"), { code: "EEXIST" });
  if (dirname(path) !== path) await makeFolders(dirname(path));
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

/** Makes the folder where needed. @throws CliError where it cannot be written to */
export async function openFolder(path: string): Promise<void> {
  try {
    await makeFolders(resolve(path));
    await access(path, constants.W_OK | constants.X_OK);
    const left = (await readdir(path)).filter((name) => name.endsWith(TEMPORARY));
    await Promise.all(left.map((name) => rm(join(path, name), { force: true })));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOTDIR") {
      throw new CliError(`--out: expected a folder, but ${path} is a file or lies under one`);
    }
    throw new CliError(`--out: cannot write to ${path}: ${code ?? (error as Error).message}`);
  }
}
