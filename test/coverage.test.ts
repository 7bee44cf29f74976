/** docs/coverage.md: every command, lesson, page, function and example in it is one that there is. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { experimentNames } from "neurite/books";
import { describe, expect, it } from "vitest";
import { expectUnderstood } from "../cli/src/commands/understood.testing.ts";
import { LESSON_IDS } from "../playground/src/lessons/index.ts";
import { parseHash } from "../playground/src/state/index.ts";
import { map as en } from "../playground/src/text/en/map.ts";
import { map as zh } from "../playground/src/text/zh/map.ts";
import { exportedNames } from "./exported-names.ts";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const page = readFileSync(join(docs, "coverage.md"), "utf8");

interface Row {
  readonly section: string;
  readonly run: string;
  readonly seen: string;
  readonly code: string;
}

/** The rows of all tables, without their heads. */
const rows: readonly Row[] = page
  .split("\n")
  .filter((line) => /^\| (?!section |---)/.test(line))
  .map((line) => {
    const [section, run, seen, code, ...rest] = line.slice(2, -1).split(" | ");
    expect(rest, `columns of ${section}`).toEqual([]);
    return { section: section!, run: run!, seen: seen!, code: code! };
  });

/** What stands in backticks. */
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
const unique = (words: readonly string[]) => [...new Set(words)];

describe("docs/coverage.md", () => {
  it("has a row for every section on the playground's map, in its words", () => {
    const named = Object.entries(en.sections).map(
      ([key, title]) => `${title} (${zh.sections[key as keyof typeof zh.sections]})`,
    );
    const sections = rows.map(({ section }) => section.replace(/^\*\*.*?\*\* /, ""));
    expect(named.filter((title) => !sections.includes(title))).toEqual([]);
    expect(sections.length).toBeGreaterThan(named.length);
  });

  it("says of every section what to run", () => {
    expect(rows.filter(({ run }) => quoted(run).length === 0)).toEqual([]);
  });

  const inBlocks = [...page.matchAll(/^npx .*$/gm)].map(([line]) => line);
  it.each(unique([...inBlocks, ...rows.flatMap(({ run }) => quoted(run))]))(
    "names a command that there is: %s",
    async (command) => {
      await expect(expectUnderstood(command)).resolves.toBeUndefined();
    },
  );

  it("names every experiment", () => {
    const run = unique(rows.flatMap((row) => quoted(row.run)));
    const named = run.map((command) => /^neurite reproduce (\S+)/.exec(command)?.[1]);
    expect(experimentNames().filter((name) => !named.includes(name))).toEqual([]);
  });

  it("names every lesson, and none that there is not", () => {
    const named = unique(rows.flatMap(({ seen }) => quoted(seen)));
    expect(named.toSorted()).toEqual(LESSON_IDS.toSorted());
  });

  it("names pages that there are", () => {
    const named = unique(
      rows.flatMap(({ seen }) => [...seen.matchAll(/(\S+) page/g)].map(([, name]) => name!)),
    );
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => parseHash(`#/${name}`).route.page === "missing")).toEqual([]);
  });

  it("names functions that are exported", async () => {
    const known = await exportedNames();
    const named = unique(rows.flatMap(({ code }) => quoted(code)));
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it("links to examples that there are", () => {
    const links = [...page.matchAll(/\[([\w-]+)\]\(\.\.\/([^)]+)\)/g)];
    expect(links.length).toBeGreaterThan(20);
    for (const [, name, path] of links) {
      expect(path).toBe(`examples/src/${name}.ts`);
      expect(existsSync(join(docs, "..", path!)), path).toBe(true);
    }
  });
});
