// A file of the user's own is not replaced by one of this program unasked.

import { lstat, stat } from "node:fs/promises";
import { UsageError } from "../terminal/failures.ts";
import { withFile } from "./read-file.ts";

/** What pages and pictures of this program say of themselves. */
const MARK = /(data-generator|name="generator" content)="neurite"/;

/** @throws UsageError where there is a file that this program did not write */
export async function expectOwn(path: string, flag = "--out"): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (!found) return;
  if (found.isDirectory()) {
    throw new UsageError(`${flag}: ${path} is a folder; name a file in it`);
  }
  const head = await withFile(path, async (file) => file.head).catch(() => new Uint8Array(0));
  if (MARK.test(new TextDecoder().decode(head))) return;
  throw new UsageError(
    `${flag}: ${path} is a file of your own; take another name, or replace it with --overwrite`,
  );
}

const MOST_HEAD = 4096;

/** Predictions may be replaced by newer ones, a file of another kind not. @throws UsageError where there is one */
export async function expectOwnPredictions(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || found.size === 0) return;
  const head = await withFile(path, async (file) => file.head.subarray(0, MOST_HEAD));
  if (/^"?(line|file|row)"?,/.test(new TextDecoder().decode(head))) return;
  throw new UsageError(
    `--out: ${path} is a file of your own; take another name, or replace it with --overwrite`,
  );
}
