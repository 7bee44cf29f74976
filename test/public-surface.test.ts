/**
 * What users can import, a line a name: `test/public-surface.txt`. It changes only on purpose, with
 * `npx vitest run test/public-surface.test.ts -u`; a name that goes or changes is told in CHANGELOG.md.
 */
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { build, entries, namesOf, type PublicName } from "../scripts/public-names.mjs";

const snapshot = fileURLToPath(new URL("public-surface.txt", import.meta.url));

beforeAll(() => build());

function linesOf(subpath: string, names: ReadonlyMap<string, PublicName>): string[] {
  return [...names].flatMap(([name, { kind, members }]) => [
    `${subpath} ${kind} ${name}`,
    ...(members ? linesOf(`${subpath} ${name}`, members) : []),
  ]);
}

it("is what the snapshot says", async () => {
  const lines = entries().flatMap(({ subpath, file }) => linesOf(subpath, namesOf(file)));
  expect(lines.length).toBeGreaterThan(400);
  await expect(`${lines.sort().join("\n")}\n`).toMatchFileSnapshot(snapshot);
});
