/** `npm run mutate` that is ended in the middle of its tests: neither they nor its copy stay. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "neurite-mutate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Processes that work below a folder: their working directories tell. */
function workingIn(path: string): string[] {
  return readdirSync("/proc").filter((id) => {
    try {
      return /^\d+$/.test(id) && readlinkSync(`/proc/${id}/cwd`).startsWith(path);
    } catch {
      return false;
    }
  });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}

test.skipIf(!existsSync("/proc") || !existsSync(join(root, ".git"))).each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("leaves no tests and no copy behind after %s", async (signal, code) => {
  const args = ["scripts/mutate.mjs", "--count", "1", "lib/src/checks"];
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: "ignore" });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  await until(() => workingIn(folder).length > 0 || child.exitCode !== null);
  expect(readdirSync(folder)).toHaveLength(1);
  child.kill(signal);
  expect(await ended).toBe(code);
  expect(readdirSync(folder)).toEqual([]);
  await until(() => workingIn(folder).length === 0);
  const trees = execFileSync("git", ["worktree", "list"], { cwd: root, encoding: "utf8" });
  expect(trees).not.toContain(folder);
});
