/** What a command loads before it does anything: the help needs no library, an expression no models. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const src = new URL("../cli/src/", import.meta.url);

/** What a file brings at once: files, and packages over whatever files. Types bring nothing. */
function broughtBy(file: URL): { packages: Set<string>; files: Set<string> } {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const walk = (at: URL) => {
    if (seen.has(at.href)) return;
    seen.add(at.href);
    const text = readFileSync(fileURLToPath(at), "utf8");
    for (const [, name] of text.matchAll(
      /^(?:import|export) (?!type\b)(?:[^"';]*? from )?"(.+?)";/gm,
    )) {
      const inner = new URL(name!, at);
      if (!name!.startsWith(".")) packages.add(name!);
      else if (existsSync(inner)) walk(inner);
    }
  };
  walk(file);
  return { packages, files: seen };
}

/** Packages that a file of the command line brings at once. */
function packagesOf(file: string): string[] {
  return [...broughtBy(new URL(file, src)).packages]
    .filter((name) => !name.startsWith("node:"))
    .sort();
}

it("needs no engine for the version and the help", () => {
  expect(packagesOf("main.ts")).toEqual(["commander", "neurite/ir"]);
});

it("needs no models for an expression", () => {
  const packages = ["commander", "neurite/inspect/expression", "neurite/ir"];
  expect(packagesOf("commands/explain.ts")).toEqual(packages);
  expect(packagesOf("commands/inspect.ts")).toContain("neurite/train");
});

it.each([
  ["train", "neurite/inspect"],
  ["search", "neurite/inspect"],
  ["summary", "neurite/code"],
])("loads for %s only where it is wanted %s", (command, late) => {
  const packages = packagesOf(`commands/${command}.ts`);
  expect(packages).toContain("neurite/train");
  expect(packages).not.toContain(late);
});

it("needs no experiment and no engine for the table of experiments", () => {
  const lib = new URL("../lib/src/", import.meta.url);
  const { files } = broughtBy(new URL("books/experiments.ts", lib));
  const paths = [...files].map((file) => file.slice(lib.href.length));
  expect(paths).toContain("books/nielsen/chapter5/experiments.ts");
  // Tables, what makes them, and the settings of network3's runs.
  const known = /^(checks|books\/shared)\/|\/(experiments|runs)\.ts$/;
  expect(paths.filter((path) => !known.test(path))).toEqual([]);
});
