/** One name, one thing: in what the package exports. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { build, entries, namesOf } from "../scripts/public-names.mjs";

const dist = fileURLToPath(new URL("../lib/dist", import.meta.url));

test("no public name means two things, from any two subpaths", () => {
  build();
  const meanings = new Map<string, Set<string>>();
  for (const { file } of entries()) {
    for (const [name, { kind, file: declared }] of namesOf(file)) {
      const meaning = `${kind} in ${relative(dist, declared)}`;
      meanings.set(name, (meanings.get(name) ?? new Set()).add(meaning));
    }
  }
  expect(meanings.size).toBeGreaterThan(300);
  const twice = [...meanings].filter(([, found]) => found.size > 1);
  expect(twice.map(([name, found]) => `${name}: ${[...found].join(" and ")}`)).toEqual([]);
});
