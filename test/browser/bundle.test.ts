/** The library builds for a browser: all of it but the part that is Node's by name. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bundle } from "./bundle.ts";

const manifest = new URL("../../lib/package.json", import.meta.url);
const { exports } = JSON.parse(readFileSync(manifest, "utf8")) as { exports: object };
const parts = Object.keys(exports).filter((part) => part !== "./data/node");

it(`builds neurite with ${parts.slice(1).join(", ")} without a module of Node`, async () => {
  const entries = parts.map((part) => [part.slice(2) || "neurite", `lib/src/${part}/index.ts`]);
  const files = await bundle(Object.fromEntries(entries));
  for (const [name] of entries) expect([...files.keys()]).toContain(`/${name}.js`);
  for (const text of files.values()) expect(text).not.toMatch(/^import .*["']node:/m);
});

it("says who imports a module of Node", async () => {
  const built = bundle({ node: "lib/src/data/node/index.ts" });
  await expect(built).rejects.toThrow(
    /lib\/src\/data\/node\/\S+\.ts imports node:\S+, which only Node has/,
  );
});
