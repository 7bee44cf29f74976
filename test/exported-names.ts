/** The names of all values that the library exports, by whichever entry point. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const lib = fileURLToPath(new URL("../lib", import.meta.url));

export async function exportedNames(): Promise<ReadonlySet<string>> {
  const manifest = JSON.parse(readFileSync(join(lib, "package.json"), "utf8"));
  const entries = Object.keys(manifest.exports).filter((entry) => !entry.includes("package.json"));
  // As paths: of an address vitest would not see that it is compiled, and would compile all anew.
  const modules = await Promise.all(
    entries.map((entry) => import(join(lib, "src", entry, "index.ts"))),
  );
  return new Set(modules.flatMap((module) => Object.keys(module)));
}
