/** docs/results.md says what the logs say, and each log is of an experiment as it is now. */
import { EXPERIMENTS, type ExperimentName, experimentNames } from "neurite/books";
import { describe, expect, it } from "vitest";
import { type ExperimentLog, hashOf, identityOf, logName } from "../cli/src/experiments/log.ts";
import { listed, readLogs, resultsPage, written } from "../scripts/results.mjs";

const logs = readLogs();

it("is as old as the logs and the list of experiments", async () => {
  expect(written(), "docs/results.md is older than the logs: run `npm run results`").toBe(
    resultsPage(await listed(), logs),
  );
});

describe.each([...logs])("docs/results/%s", (file, log) => {
  it("is of an experiment that there is, at the book's point as it is now", async () => {
    expect(file).toBe(logName(log));
    expect(experimentNames()).toContain(log.experiment);
    const program = await EXPERIMENTS[log.experiment as ExperimentName].load();
    const parameters = log.full ? program.full?.parameters : program.parameters;
    expect(parameters, "there is no full run").toBeDefined();
    const now = hashOf(identityOf(log.experiment, log.full, parameters!, {}));
    expect(log.hash, "its parameters have changed: run it again").toBe(now);
  });
  it("says where it comes from, and judges what the book prints", () => {
    expect(log.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(log.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(log.seconds).toBeGreaterThan(0);
    expect(log.claims.length).toBeGreaterThan(0);
    expect(log.claims.filter(({ holds }) => holds !== null)).not.toEqual([]);
  });
});

describe("resultsPage", () => {
  const one = { name: "one", title: "One | two", source: "Nielsen", hasFull: true };
  const log = (full: boolean, holds: boolean): ExperimentLog => ({
    experiment: "one",
    full,
    hash: "",
    parameters: {},
    seed: null,
    version: "1",
    commit: "0123456789abcdef",
    changed: false,
    machine: { processor: "P", cores: 2, system: "linux x64", node: "20" },
    date: "2026-01-02",
    seconds: 600,
    claims: [{ name: "a", expected: 1, actual: holds ? 1 : 2, tolerance: 0, holds }],
  });
  it("shows what has not run yet", () => {
    const page = resultsPage([one], new Map());
    expect(page).toContain("| `one` | One \\| two | Nielsen | not yet run | not yet run |");
    expect(page).toContain("0 of 2 runs have a log. Of 0 numbers 0 hold, 0 are off, and 0 have no");
    expect(page).toContain("`neurite reproduce one --full`: not yet run.");
  });
  it("shows what holds, what is off, and full runs in full", () => {
    const page = resultsPage(
      [one],
      new Map([
        ["one.json", log(false, false)],
        ["one.full.json", log(true, true)],
      ]),
    );
    expect(page).toContain("2 of 2 runs have a log. Of 2 numbers 1 hold, 1 are off, and 0 have no");
    expect(page).toContain("[0 of 1](results/one.json), 10 min | [1 of 1](results/one.full.json)");
    expect(page).toContain("| [one](results/one.json) | a | 1 | 2 | off |");
    expect(page).toContain("2026-01-02, 10 min, commit 0123456789ab.\n\n| number |");
    expect(page).toContain("| a | 1 | 1 | holds |");
    expect(page).toContain("- P, 2 cores, linux x64, Node 20");
  });
});
