/** The real search, built and spawned: it and its processes killed at any moment, and nothing is lost or done twice. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { neurite } from "../cli/src/run.testing.ts";
import { buildPackages } from "./built.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const binary = join(root, "cli/bin/neurite.js");
const folder = mkdtempSync(join(tmpdir(), "neurite-searches-"));

const SEARCH = [
  ...["iris", "--vary", "learningRate=0.003,0.01,0.03", "--vary", "batchSize=4,8"],
  ...["--strategy", "grid", "--epochs", "12", "-q"],
];

interface LedgerLine {
  readonly event: string;
  readonly trial: number;
  readonly score?: number;
}

function start(args: readonly string[]): { child: ChildProcess; ended: Promise<string> } {
  const child = spawn(process.execPath, [binary, "search", ...args], { cwd: folder });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      text += chunk;
    });
  }
  return {
    child,
    ended: new Promise((resolve) => {
      child.on("close", () => resolve(text));
    }),
  };
}

function ledger(out: string): LedgerLine[] {
  const path = join(folder, out, "ledger.jsonl");
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as LedgerLine);
}

async function until<T>(look: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found) return found;
    await sleep(10);
  }
}

/** The process that holds the folder of a trial now. */
function holder(out: string): number | undefined {
  const trials = join(folder, out, "trials");
  const names = existsSync(trials) ? readdirSync(trials) : [];
  const pids = names.flatMap((name): number[] => {
    try {
      return [JSON.parse(readFileSync(join(trials, name, ".neurite-lock"), "utf8")).pid];
    } catch {
      return []; // not there, or just being written
    }
  });
  return pids[0];
}

const scores = (lines: readonly LedgerLine[]) =>
  lines
    .filter(({ event }) => event === "done")
    .sort((a, b) => a.trial - b.trial)
    .map(({ trial, score }) => [trial, score]);

beforeAll(buildPackages);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("survives kill -9 of itself and of a trial's process, to the same results", async () => {
  const whole = await neurite("search", ...SEARCH, "--jobs", "1", "--out", join(folder, "whole"));
  expect(whole.stdout).toMatch(/best: trial 00\d, .*test accuracy/);

  const first = start([...SEARCH, "--jobs", "2", "--out", "killed"]);
  await until(() => ledger("killed").some(({ event }) => event === "done"));
  first.child.kill("SIGKILL");
  await first.ended;

  const second = start(["--resume", "killed", "-q", "--jobs", "1"]);
  const pid = await until(() => second.child.exitCode !== null || holder("killed"));
  if (typeof pid === "number") spawnSync("kill", ["-9", String(pid)], { stdio: "ignore" });
  await until(
    () =>
      second.child.exitCode !== null ||
      ledger("killed").filter(({ event }) => event === "done").length > 2,
  );
  second.child.kill("SIGINT");
  expect(await second.ended).toMatch(
    /interrupted; go on with: (npx )?neurite search --resume killed|best: trial/,
  );

  const last = await neurite("search", "--resume", join(folder, "killed"), "-q", "--jobs", "1");
  expect(last.stdout).toMatch(/best: trial 00\d/);
  const lines = ledger("killed");
  expect(scores(lines)).toEqual(scores(ledger("whole")));
  for (const event of ["ask", "done"]) {
    const trials = lines.filter((line) => line.event === event).map(({ trial }) => trial);
    expect(trials.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  }
  expect(lines.filter(({ event }) => event === "best")).toHaveLength(1);
  expect(lines.filter(({ event }) => event === "failed")).toEqual([]);
}, 180_000);
