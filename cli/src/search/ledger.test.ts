// Ledgers: what a kill leaves of a line, damage, full disks, and trials as they are told.

import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_RUNS, parseRunSpec } from "neurite/train";
import { parseSearch } from "neurite/train/search";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeFailure } from "../terminal/failures.ts";
import { type DoneEvent, LEDGER, openLedger, readLedger, type SearchHeader } from "./ledger.ts";
import { withEvent } from "./told-trials.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "neurite-ledger-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HEADER: SearchHeader = {
  event: "search",
  version: 1,
  spec: parseRunSpec(DEFAULT_RUNS["iris"]),
  search: parseSearch({ space: { "optimizer.learningRate": [0.1, 0.01] } }),
  examples: 120,
  threads: 1,
};
const ASK = { event: "ask", trial: 0, epochs: 3, values: { a: 1 }, command: "…" } as const;
const DONE: DoneEvent = {
  event: "done",
  trial: 0,
  epochs: 3,
  score: 0.5,
  loss: 1,
  figures: { epoch: 2, loss: 1, learningRate: 0.1, seconds: 1 },
  curve: [0.5],
  losses: [1],
  seconds: 2,
};

async function write(
  ...events: readonly Parameters<Awaited<ReturnType<typeof openLedger>>["add"]>[0][]
) {
  const ledger = await openLedger(folder);
  try {
    for (const event of events) await ledger.add(event);
  } finally {
    await ledger.close();
  }
}

it("gives back what was added, over several openings", async () => {
  expect(await readLedger(folder)).toBeNull();
  await write(HEADER, ASK);
  await write(DONE);
  expect(await readLedger(folder)).toEqual(
    [HEADER, ASK, DONE].map((one) => JSON.parse(JSON.stringify(one))),
  );
});

it("leaves out the part of a line that a kill left, and cuts it off before it adds more", async () => {
  await write(HEADER, ASK);
  appendFileSync(join(folder, LEDGER), '{"event":"done","tri');
  expect(await readLedger(folder)).toHaveLength(2);
  await write(DONE);
  expect(await readLedger(folder)).toHaveLength(3);
  expect(readFileSync(join(folder, LEDGER), "utf8").trimEnd().split("\n")).toHaveLength(3);
});

it.each([
  ["no JSON", "{oops}"],
  ["an unknown event", '{"event":"party"}'],
  ["a result without a score", '{"event":"done","trial":0,"epochs":3,"score":null}'],
  ["null", "null"],
])("names the line that is damaged: %s", async (_, line) => {
  await write(HEADER, ASK);
  appendFileSync(join(folder, LEDGER), `${line}\n`);
  await write(DONE);
  await expect(readLedger(folder)).rejects.toThrow(/ledger\.jsonl: line 3: this line is damaged/);
});

it("does not take another file for a ledger", async () => {
  appendFileSync(join(folder, LEDGER), '{"event":"epoch"}\n');
  await expect(readLedger(folder)).rejects.toThrow(/line 1: this is no ledger of a search/);
});

it.skipIf(!existsSync("/dev/full"))("says in a sentence that the disk is full", async () => {
  symlinkSync("/dev/full", join(folder, LEDGER));
  const error = await write(HEADER).catch((reason: unknown) => reason);
  expect(describeFailure(error).message).toMatch(/ledger\.jsonl: the disk is full/);
});

it("tells a trial from its events, the time of all askings together", () => {
  const events = [
    ASK,
    DONE,
    { ...ASK, epochs: 9 },
    { event: "lost", trial: 0, reason: "gone" },
  ] as const;
  const later = { ...DONE, epochs: 9, seconds: 4 };
  const [trial] = [...events, later].reduce(withEvent, []);
  expect(trial).toMatchObject({ state: "done", epochs: 9, lost: 1, seconds: 6 });
  expect(trial!.results.map(({ epochs }) => epochs)).toEqual([3, 9]);
  const failed = withEvent([trial!], { event: "failed", trial: 0, epochs: 9, reason: "NaN" });
  expect(failed[0]!.state).toBe("failed");
  expect(() => withEvent([], DONE)).toThrow(/trial 0 before it was asked for/);
});
