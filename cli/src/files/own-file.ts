// A file of the user's own is not replaced by one of this program unasked.

import { lstat } from "node:fs/promises";
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
