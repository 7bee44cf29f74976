/** docs/formats.md: each command and function in it is one that there is, and no format of export is left out. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { expectUnderstood } from "../cli/src/commands/understood.testing.ts";
import { FORMATS } from "../cli/src/exports/index.ts";
import { exportedNames } from "./exported-names.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(join(root, "docs/formats.md"), "utf8");

/** The cells of all tables, by row, under the words of their heads. */
const rows = page.split(/\n## /).flatMap((section) => {
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  const [head = [], , ...body] = lines.map((line) => line.slice(1, -1).split("|"));
  return body.map((cells) => {
    expect(cells, cells[0]!).toHaveLength(head.length);
    return Object.fromEntries(cells.map((cell, i) => [head[i]!.trim(), cell.trim()]));
  });
});

const quoted = (text = "") => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
const under = (ending: string) =>
  rows.flatMap((row) =>
    Object.entries(row).flatMap(([head, cell]) => (head.endsWith(ending) ? quoted(cell) : [])),
  );
const commands = [...new Set(under("by command"))].filter((line) => line.startsWith("neurite "));

/** Files that are nobody's: what a command takes and gives is looked at, not what is in them. */
const withData = (line: string) => line.replace(/^(neurite train) [^\s-]+/, "$1 xor");

it("has a row for each format, and commands in it", () => {
  expect(rows.length).toBeGreaterThan(15);
  expect(commands.length).toBeGreaterThan(15);
});

it.each(commands)("names a command that there is: %s", async (command) => {
  await expect(expectUnderstood(withData(command))).resolves.toBeUndefined();
});

it("sees a command that there is not", async () => {
  await expect(expectUnderstood("neurite export RUN --format onx")).rejects.toThrow(/onx/);
});

it("names functions that are exported", async () => {
  const known = new Set([...(await exportedNames()), "JSON.stringify"]);
  const named = under("by function");
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

it("leaves out no format that export writes", () => {
  const written = Object.keys(FORMATS).map((name) => `neurite export RUN --format ${name}`);
  expect(commands).toEqual(expect.arrayContaining(written));
});
