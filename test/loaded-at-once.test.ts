/** What a command loads before it does anything: the help needs no library, an expression no models. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const src = new URL("../cli/src/", import.meta.url);

/** Packages that a file brings at once, over whatever files of the command line. Types bring nothing. */
function packagesOf(file: string): string[] {
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
  walk(new URL(file, src));
  return [...packages].filter((name) => !name.startsWith("node:")).sort();
}

it("needs no engine for the version and the help", () => {
  expect(packagesOf("main.ts")).toEqual(["commander", "neurite/ir"]);
});

it("needs no models for an expression", () => {
  const packages = ["commander", "neurite/inspect/expression", "neurite/ir"];
  expect(packagesOf("commands/explain.ts")).toEqual(packages);
  expect(packagesOf("commands/inspect.ts")).toContain("neurite/train");
});
