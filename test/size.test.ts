/** What a page has to fetch for each part of the library: bundled, minified, gzipped. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, it } from "vitest";

const src = fileURLToPath(new URL("../lib/src/", import.meta.url));

/** KiB. A number moves only in the commit that says why. */
const BUDGETS: Readonly<Record<string, number>> = {
  spec: 3.5, // 5 is what may never be passed: a page reads its address before anything else is there
  neurite: 102, // a tenth is checks of arguments, and their sentences; 5 are pairs of vectors and ops without a program
  nn: 106,
  train: 135, // 4 of these are default runs, the data sets that they name, and the printing of programs
  code: 60,
  data: 6.5,
  formats: 6.5,
  ir: 4.8,
  transforms: 26,
  engines: 71,
};

async function gzippedKiB(entry: string): Promise<number> {
  const result = await build({
    root: src,
    logLevel: "silent",
    configFile: false,
    build: {
      write: false,
      minify: "oxc",
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: "strict" },
    },
  });
  const [bundle] = [result].flat();
  if (!bundle || !("output" in bundle)) throw new Error("vite gave no bundle");
  const code = bundle.output.map((part) => ("code" in part ? part.code : "")).join("");
  return gzipSync(code, { level: 9 }).length / 1024;
}

it.each(Object.entries(BUDGETS))("%s takes at most %d KiB", async (name, budget) => {
  const entry = `${src}${name === "neurite" ? "" : `${name}/`}index.ts`;
  const size = await gzippedKiB(entry);
  expect(size).toBeLessThanOrEqual(budget);
  // A budget that leaves a third free holds nobody to anything.
  expect(size).toBeGreaterThan(budget * 0.6);
});
