/** What a page has to fetch for each part of the library: bundled, minified, gzipped. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import { librarySideEffects } from "../playground/build/library.ts";

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

interface Chunk {
  readonly fileName: string;
  readonly code: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly modules: Readonly<Record<string, unknown>>;
}

/** The chunks of an entry, those first that it imports at once. */
async function chunksOf(entry: string): Promise<readonly Chunk[]> {
  const result = await build({
    root: src,
    logLevel: "silent",
    configFile: false,
    plugins: [librarySideEffects()], // as users have it: entry points bring methods and the engine
    build: {
      write: false,
      minify: "oxc",
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: "strict" },
    },
  });
  const [bundle] = [result].flat();
  if (!bundle || !("output" in bundle)) throw new Error("vite gave no bundle");
  return bundle.output.filter((part) => "code" in part);
}

const gzipped = (chunks: readonly Chunk[]): number =>
  chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);

/** What is fetched before anything runs. */
function atFirst(chunks: readonly Chunk[], names: readonly string[]): readonly Chunk[] {
  const found = new Set<string>();
  const walk = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const next of chunks.find(({ fileName }) => fileName === name)!.imports) walk(next);
  };
  for (const name of names) walk(name);
  return chunks.filter(({ fileName }) => found.has(fileName));
}

const entriesOf = (chunks: readonly Chunk[]) =>
  chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);

it.each(Object.entries(BUDGETS))("%s takes at most %d KiB", async (name, budget) => {
  const entry = `${src}${name === "neurite" ? "" : `${name}/`}index.ts`;
  const chunks = await chunksOf(entry);
  const size = gzipped(atFirst(chunks, entriesOf(chunks))) / 1024;
  expect(size).toBeLessThanOrEqual(budget);
  // A budget that leaves a third free holds nobody to anything.
  expect(size).toBeGreaterThan(budget * 0.6);
});

/** kB, as what is promised of them is. */
describe("predicting", () => {
  let chunks: readonly Chunk[];
  const holding = (kinds: string) =>
    chunks.filter(({ modules }) => Object.keys(modules).some((id) => id.endsWith(kinds)));
  beforeAll(async () => {
    chunks = await chunksOf(`${src}predict/index.ts`);
  });

  it("takes at most 60 kB for a network of dense layers", () => {
    const first = atFirst(chunks, entriesOf(chunks));
    expect(gzipped(first) / 1000).toBeLessThanOrEqual(60);
    const modules = first.flatMap((chunk) => Object.keys(chunk.modules));
    expect(modules.some((id) => id.endsWith("layers/core/kinds.ts"))).toBe(true);
    expect(
      modules.filter((id) => /\/(engines\/wasm|transforms|nn\/optimizers)\//.test(id)),
    ).toEqual([]);
  });

  it("takes a few more for a convolutional network, and not all at once for any", () => {
    const families = ["convolution/kinds.ts", "pooling/kinds.ts"].flatMap(holding);
    expect(families).toHaveLength(2);
    const names = families.map(({ fileName }) => fileName);
    const size = gzipped(atFirst(chunks, [...entriesOf(chunks), ...names])) / 1000;
    expect(size).toBeLessThanOrEqual(63.5);
    expect(gzipped(chunks) / 1000).toBeGreaterThan(size + 10);
  });
});
