// How a table was read when it was learnt from is how rows to predict are read.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRunSpec } from "neurite/train";
import { afterAll, beforeAll, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-reading-"));
const at = (name: string) => join(folder, name);
const [csv, run] = [at("visits.csv"), at("run")];
const HEADER = "id;day;hours;note;late";

beforeAll(async () => {
  // Days above 12 say that the day comes first; "x" is a gap only because it is said.
  const rows = Array.from({ length: 60 }, (_, i) => {
    const [day, month] = [1 + (i % 28), 1 + (i % 12)];
    const hours = i % 7 === 3 ? "x" : `${i % 9},5`;
    return `${i + 1};${day}/${month}/2024;${hours};n${i % 3};${month > 6 ? "yes" : "no"}`;
  });
  writeFileSync(csv, [HEADER, ...rows].join("\n"));
  const how = ["--missing", "x", "--ignore", "id,note", "--epochs", "2", "-q"];
  const trained = await neurite("train", csv, "--target", "late", "--out", run, ...how);
  expect(trained).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const predict = (row: string, ...flags: string[]) => neurite("predict", run, row, ...flags);

it("keeps in the specification which columns are read, and what comes first in a date", () => {
  const { data, model } = readRunSpec(readFileSync(join(run, "spec.json"), "utf8"));
  expect(data.file).toMatchObject({ dates: "dayFirst", missing: ["x"] });
  expect(data.file!["types"]).toEqual({ id: "ignore", note: "ignore" });
  expect(JSON.stringify(model)).toMatch(/"day".*"hours"/);
  expect(JSON.stringify(model)).not.toContain("note");
});

it("reads a date as the run does, unless it is said otherwise", async () => {
  const [own, iso, other] = [
    await predict("day=05/03/2024,hours=1"),
    await predict("day=2024-03-05,hours=1"),
    await predict("day=05/03/2024,hours=1", "--dates", "monthFirst"),
  ];
  expect(own).toMatchObject({ code: 0, stderr: "" });
  expect(own.stdout).toBe(iso.stdout);
  expect(own.stdout).not.toBe(other.stdout);
  const wrong = await predict("day=03/25/2024,hours=1");
  expect(wrong.stderr).toContain('the row: column "day" holds "03/25/2024"; expected a date');
});

it("reads gaps and decimal commas in a row and in a file", async () => {
  const gap = await predict("day=05/03/2024,hours=x");
  expect(gap).toMatchObject({ code: 0, stderr: "" });
  const comma = await predict("hours=1,5,day=05/03/2024");
  expect(comma.stderr).toBe("note: numbers have a decimal comma\n");
  expect(comma.stdout).toBe((await predict("day=05/03/2024,hours=1.5")).stdout);
  writeFileSync(at("more.csv"), `${HEADER}\n9;5/3/2024;x;n;\n9;5/3/2024;1,5;n;\n`);
  const { stdout } = await predict(at("more.csv"), "--json");
  expect(stdout.trim().split("\n")).toHaveLength(2);
  expect(await predict(at("more.csv"), "--missing", "none")).toMatchObject({ code: 1 });
});

it("writes over predictions, and over no other file", async () => {
  const out = at("predictions.csv");
  expect(await predict(csv, "--out", out)).toMatchObject({ code: 0 });
  expect(await predict(csv, "--out", out)).toMatchObject({ code: 0 });
  const before = readFileSync(csv, "utf8");
  const refused = await predict(csv, "--out", csv);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("file of your own")]);
  expect(readFileSync(csv, "utf8")).toBe(before);
  writeFileSync(at("notes.csv"), "a,b\n");
  expect(await predict(csv, "--out", at("notes.csv"), "--overwrite")).toMatchObject({ code: 0 });
});

it("learns from the columns that are named, those that look like names among them", async () => {
  const train = (...flags: string[]) =>
    neurite("train", csv, "--target", "late", "--missing", "x", "--epochs", "1", ...flags);
  const { stderr } = await train("--columns", "hours,id");
  expect(stderr).toMatch(/^id +number +scaled/m);
  expect(stderr).not.toMatch(/^(day|note) /m);
  expect((await train("--columns", "hour")).stderr).toContain('Did you mean "hours"?');
  expect((await train("--ignore", "late")).stderr).toContain("cannot be ignored");
  expect((await train("--decimal", ";")).stderr).toContain('Expected "." or ",".');
});
