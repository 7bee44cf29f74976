// What a ledger says is what a search is.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { LEDGER } from "./ledger.ts";
import { readSearch } from "./search-folder.ts";
import { planHeader } from "./search-source.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-search-folder-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("forgets the best where more trials are asked for, and takes a later one", async () => {
  const header = await planHeader("iris", { vary: ["learningRate=0.01..1"], trials: 1 });
  const values = { "optimizer.learningRate": 0.1 };
  const best = { event: "best", trial: 0, folder: "best", test: null };
  const events: object[] = [
    header,
    { event: "ask", trial: 0, epochs: 1, values, command: "" },
    { event: "failed", trial: 0, epochs: 1, reason: "no" },
    best,
  ];
  const told = async () => {
    writeFileSync(join(folder, LEDGER), events.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const { ready, best: found } = await readSearch(folder);
    return [ready.plan.search.trials, found];
  };
  expect(await told()).toEqual([1, best]);
  events.push({ event: "more", trials: 3 });
  expect(await told()).toEqual([3, null]);
  events.push(best);
  expect(await told()).toEqual([3, best]);
  events.push({ event: "more", trials: 0 });
  await expect(told()).rejects.toThrow("line 7: this line is damaged");
});
