// The folder of a run, and files that are whole or not there at all.

import { constants } from "node:fs";
import { access, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
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

/** Makes the folder where needed. @throws CliError where it cannot be written to */
export async function openFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
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
