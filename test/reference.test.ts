/** The reference: every public name has a docstring, and docs/reference says what the code says. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { entries, namesOf, type PublicName } from "../scripts/public-names.mjs";
import { pages, written } from "../scripts/reference.mjs";

let made: ReadonlyMap<string, string>;

beforeAll(() => {
  made = pages(); // compiles first, so that the names below are those of the sources
});

function undocumented(subpath: string, names: ReadonlyMap<string, PublicName>): string[] {
  return [...names].flatMap(([name, { doc, members }]) => {
    if (members) return undocumented(`${subpath} ${name}`, members);
    return doc ? [] : [`${subpath} ${name}`];
  });
}

it("has a docstring for every public name", () => {
  expect(entries().flatMap(({ subpath, file }) => undocumented(subpath, namesOf(file)))).toEqual(
    [],
  );
});

it("is as old as the code", () => {
  const stale = [...made].filter(([file, text]) => written(file) !== text).map(([file]) => file);
  expect(
    stale,
    "pages of docs/reference that are older than the code: run npm run reference",
  ).toEqual([]);
  const folder = fileURLToPath(new URL("../docs/reference", import.meta.url));
  expect(readdirSync(folder).sort()).toEqual([...made.keys()].sort());
});
