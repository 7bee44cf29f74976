// Builds the pages where what they are made of has changed; of several processes only one does.

import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const STAMP = ".built-from";
const PARTS = ["src", "build", "index.html", "vite.config.ts", "package.json", "../lib/src"];
/** A build takes a few seconds; who died in one holds the lock no longer than this. */
const STALE_MS = 180_000;

/** Builds into a folder, unless it holds a build of the same sources already. */
export async function buildIfChanged(folder: string): Promise<void> {
  const lock = `${folder}.lock`;
  while (!isTaken(lock)) await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    const stamp = stampOf(PARTS.map((part) => join(root, part)));
    const kept = join(folder, STAMP);
    if (existsSync(kept) && readFileSync(kept, "utf8") === stamp) return;
    // Loaded here: most often nothing has changed, and the question alone is to cost little.
    const { build } = await import("vite");
    await build({ root, configFile: join(root, "vite.config.ts"), logLevel: "silent" });
    writeFileSync(kept, stamp);
  } finally {
    rmdirSync(lock);
  }
}

/** Takes a lock, which is a folder: making one succeeds for one process alone. */
function isTaken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > STALE_MS) rmdirSync(lock);
    return false;
  }
}

/** Names, sizes and times of all files, tests apart. */
function stampOf(paths: readonly string[]): string {
  const hash = createHash("sha256");
  const visit = (path: string): void => {
    const { size, mtimeMs } = statSync(path);
    if (!statSync(path).isDirectory()) {
      hash.update(`${path} ${size} ${mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(path).sort()) {
      if (!/\.(test|test-d|testing)\.tsx?$|^golden$/.test(name)) visit(join(path, name));
    }
  };
  for (const path of paths) visit(path);
  return hash.digest("hex");
}
