// The loop of a search with trials that are run in this process: results, losses, crashes, a full disk.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { searchReport } from "../report/search-report.ts";
import { findRun } from "../runs/run-folder.ts";
import { trainBest } from "./best-run.ts";
import type { Launcher, TrialNews } from "./launcher.ts";
import { type AskEvent, type DoneEvent, readLedger } from "./ledger.ts";
import { mergeSearches } from "./merge.ts";
import { beginSearch, type OpenSearch, resumeSearch, type ToldSearch } from "./search-folder.ts";
import { runSearch, type SearchWatcher } from "./search-loop.ts";
import { planHeader, type SearchFlags } from "./search-source.ts";
import { closingLines } from "./search-text.ts";
import { runTrial, trialFolder } from "./trial-run.ts";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "neurite-search-")), "s");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const WATCHER: SearchWatcher = { onEvent() {}, onEpoch() {} };
const never = new Promise<never>(() => {});

/** Runs trials here, one after the other; `turn` may do something else in the place of one. */
function hereLauncher(
  search: OpenSearch,
  turn: (ask: AskEvent, count: number) => TrialNews | undefined = () => undefined,
): Launcher & { readonly started: AskEvent[] } {
  const { folder: out, ready } = search.told;
  const waiting: AskEvent[] = [];
  const started: AskEvent[] = [];
  return {
    started,
    start(ask) {
      waiting.push(ask);
      started.push(ask);
    },
    async next() {
      const ask = waiting.shift()!;
      const news = turn(ask, started.length);
      if (news) return news;
      return { news: "result", event: await runTrial({ folder: out, ready, threads: 1 }, ask) };
    },
    stop: () => Promise.resolve(),
  };
}

async function begin(flags: SearchFlags, source = "iris"): Promise<OpenSearch> {
  return await beginSearch(folder, await planHeader(source, { epochs: 2, ...flags }));
}

async function close({ ledger, lock }: OpenSearch): Promise<void> {
  await ledger.close();
  lock.release();
}

async function run(open: OpenSearch, launcher = hereLauncher(open), jobs = 1): Promise<ToldSearch> {
  try {
    return await runSearch(open, { launcher, jobs, watcher: WATCHER, interruption: never });
  } finally {
    await close(open);
  }
}

const RATES = { vary: ["learningRate=0.001,0.01,0.1"], strategy: "grid" } as const;

it("runs every trial once, judged by validation alone, and the best anew with all examples", async () => {
  const told = await run(await begin(RATES), undefined, 2);
  expect(told.trials.map(({ state }) => state)).toEqual(["done", "done", "done"]);
  for (const { done } of told.trials) {
    expect(Object.keys(done!.figures).filter((name) => /^test/.test(name))).toEqual([]);
    expect(done!.curve).toHaveLength(2);
  }
  const best = await trainBest(told, () => {});
  expect(best!.test).toMatchObject({ accuracy: expect.any(Number), loss: expect.any(Number) });
  const stored = await findRun(join(folder, "best"));
  expect(stored!.spec.training.validationSplit).toBeUndefined();
  const done = { ...told, best };
  expect(closingLines(done, null).join("\n")).toMatch(
    /best: trial 00\d, and trained with all examples: test acc/,
  );
  const page = searchReport(done);
  expect(page).toContain("<polyline");
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
});

describe("a search that was killed", () => {
  it("takes what a trial had left, runs what was asked for, and nothing twice", async () => {
    const first = await begin(RATES);
    const launcher = hereLauncher(first, (_, count) =>
      count > 1 ? { news: "broken", message: "killed" } : undefined,
    );
    await expect(run(first, launcher)).rejects.toThrow(/killed; the search can go on: .*--resume/);
    // The second trial was asked for, and ran to its end, but the search did not hear of it.
    const [, , ask] = (await readLedger(folder))!.filter(({ event }) => event !== "done");
    const { ready } = first.told;
    await runTrial({ folder, ready, threads: 1 }, ask as AskEvent);
    const second = await resumeSearch(folder);
    expect(second.told.trials.map(({ state }) => state)).toEqual(["done", "done"]);
    const rest = hereLauncher(second);
    const told = await run(second, rest);
    expect(rest.started.map(({ trial }) => trial)).toEqual([2]);
    const events = (await readLedger(folder))!.map(
      (event) => `${event.event} ${"trial" in event ? event.trial : ""}`,
    );
    expect(events.filter((one) => one.startsWith("ask"))).toEqual(["ask 0", "ask 1", "ask 2"]);
    expect(events.filter((one) => one.startsWith("done"))).toHaveLength(3);
    expect(told.trials).toHaveLength(3);
  });

  it("does not run a trial anew that was done but for its result", async () => {
    const open = await begin(RATES);
    const { ready } = open.told;
    const ask = { event: "ask", trial: 0, epochs: 1, values: {}, command: "" } as const;
    const setting = { folder, ready, threads: 1 };
    await runTrial(setting, ask);
    rmSync(join(trialFolder(folder, 0), "result.json"));
    const epochs: number[] = [];
    const again = await runTrial(setting, ask, ({ epoch }) => epochs.push(epoch));
    expect(epochs).toEqual([]);
    expect(again).toMatchObject({ event: "done", epochs: 1 });
    // One more epoch goes on from there, and gives what an unbroken trial gives.
    const longer = await runTrial(setting, { ...ask, epochs: 2 }, ({ epoch }) =>
      epochs.push(epoch),
    );
    expect(epochs).toEqual([1]);
    const unbroken = await runTrial(setting, { ...ask, trial: 1, epochs: 2 });
    const { score, losses } = unbroken as DoneEvent;
    expect(longer).toMatchObject({ score, losses });
    await close(open);
  });
});

describe("a trial that goes wrong", () => {
  it("starts again where its process was killed, and has failed after three times", async () => {
    const open = await begin(RATES);
    const launcher = hereLauncher(open, ({ trial }, count) => {
      const isLost = trial === 1 || (trial === 0 && count === 1);
      return isLost
        ? { news: "lost", trial, reason: "its process was ended by SIGKILL" }
        : undefined;
    });
    const told = await run(open, launcher);
    expect(told.trials.map(({ state, lost }) => [state, lost])).toEqual([
      ["done", 1],
      ["failed", 3],
      ["done", 0],
    ]);
    expect(told.trials[1]!.failed!.reason).toBe("its process was ended by SIGKILL, 3 times");
  });

  it("is written down with its reason where it diverges, and the search goes on", async () => {
    const open = await begin(
      {
        vary: ["learningRate=0.01,1e30"],
        strategy: "grid",
        optimizer: { name: "sgd" },
        outputActivation: { name: "linear" },
        loss: { name: "meanSquaredError" },
        samples: 40,
      } as SearchFlags,
      "regressionPlane",
    );
    const told = await run(open);
    expect(told.trials.map(({ state }) => state)).toEqual(["done", "failed"]);
    expect(told.trials[1]!.failed!.reason).toMatch(/diverged|no longer finite/);
    expect(searchReport(told)).toContain("What failed, and why");
  });

  it("has a sentence at the end where all have failed", async () => {
    const open = await begin({ vary: ["learningRate=0.1"], strategy: "grid" });
    const failed = { event: "failed", trial: 0, epochs: 2, reason: "no luck" } as const;
    const told = await run(
      open,
      hereLauncher(open, () => ({ news: "result", event: failed })),
    );
    expect(await trainBest(told, () => {})).toBeNull();
    expect(closingLines(told, null)).toContain(
      "No trial gave a figure, so that there is no best one.",
    );
    expect(searchReport(told)).toContain("there is no best one");
  });
});

it("merges searches: equal trials once, under new numbers, and asks for no more", async () => {
  const [first, second] = [folder, `${folder}2`];
  await run(await begin({ vary: ["learningRate=0.01,0.1"], strategy: "grid" }));
  folder = second;
  await run(await begin({ vary: ["learningRate=0.1,0.5"], strategy: "grid" }));
  const out = `${first}3`;
  const merged = await mergeSearches([first, second], out);
  const launcher = hereLauncher(merged);
  const told = await run(merged, launcher);
  expect(launcher.started).toEqual([]);
  expect(told.trials.map(({ values }) => values["optimizer.learningRate"])).toEqual([
    0.01, 0.1, 0.5,
  ]);
  expect(told.trials[2]!.ask.folder).toBe(trialFolder(second, 1));
  expect(told.ready.plan.dimensions).toMatchObject([{ options: [0.01, 0.1, 0.5] }]);
  await expect(mergeSearches([first], `${out}4`)).rejects.toThrow(/two folders or more/);
  await expect(mergeSearches([first, second], first)).rejects.toThrow(/is one of them/);
  folder = `${first}5`;
  await close(await begin({ ...RATES, epochs: 3 }));
  await expect(mergeSearches([first, folder], `${out}4`)).rejects.toThrow(/search other runs/);
});

it("writes one command line a trial, which names its folder as a shell takes it", async () => {
  folder = join(folder, "..", "it's here");
  await run(await begin({ vary: ["learningRate=0.1"], strategy: "grid" }));
  const text = readFileSync(join(folder, "ledger.jsonl"), "utf8");
  const { command } = JSON.parse(text.split("\n")[1]!) as AskEvent;
  expect(command).toMatch(/^(npx )?neurite search --trial 0 --out '.*it'\\''s here'$/);
});
