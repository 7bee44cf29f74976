/** What a page has to fetch for each part of the library: bundled, minified, gzipped. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import { librarySideEffects } from "../playground/build/library.ts";

const src = fileURLToPath(new URL("../lib/src/", import.meta.url));

/** KiB. A number moves only in the commit that says why. */
const BUDGETS: Readonly<Record<string, number>> = {
  spec: 3.5, // 5 is what may never be passed: a page reads its address before anything else is there
  neurite: 130.6, // 45 are the compiler, 13 the meaning of ops, 7 methods, a tenth checks of arguments and their sentences
  nn: 153.5, // every layer, loss and optimizer, on the same 100 of tensors and engine
  train: 185.9, // the same with all layers by name, files, runs
  timeline: 110, // what a page that trains a small net needs at first; the compiler is two fifths, ops and derivatives a tenth
  code: 86, // 9 are Keras's and PyTorch's rows for every layer that they have
  data: 10.4,
  "data/tables": 22, // 15 read files, the rest fits columns and encodes them
  formats: 8.4, // 1.4 of them read and write NumPy's arrays
  onnx: 154.8, // models to be exported, and with them layers and the engine; 30 are messages and lowerings, 30 import
  keras: 197, // models with all layers by name and the engine; 20 are rows of layers, HDF5 and archives
  "formats/zip": 3.4, // half of it unpacks
  ir: 4.8,
  transforms: 31, // one lets transpositions stand where they meet, a tenth decides before a pool
  engines: 84.5, // two are what stays from run to run or from turn to turn of a loop, half of one what fetches later what makes small programs quick
};

interface Chunk {
  readonly fileName: string;
  readonly code: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly modules: Readonly<Record<string, unknown>>;
}

/** Leaves out what is imported later: the rest is one file. */
const atOnce = {
  name: "at-once",
  resolveDynamicImport: (id: unknown) => ({ id: String(id), external: true as const }),
};

/** @param isSplit whether what is imported later is a chunk of its own; else it is left out */
async function chunksOf(entry: string, isSplit: boolean): Promise<readonly Chunk[]> {
  const result = await build({
    root: src,
    logLevel: "silent",
    configFile: false,
    // As users have it: entry points bring methods and the engine.
    plugins: [librarySideEffects(), !isSplit && atOnce],
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

const gzipped = (...codes: readonly string[]): number =>
  codes.reduce((sum, code) => sum + gzipSync(code, { level: 9 }).length, 0);
const codesOf = (chunks: readonly Chunk[]) => chunks.map(({ code }) => code);

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

/** Pages as people write them, in KiB with all that they fetch at once. */
const PAGES: readonly (readonly [what: string, code: string, budget: number])[] = [
  [
    "tensors and gradients",
    'import { grad, tensor } from "./index.ts"; console.log(grad, tensor);',
    107.9,
  ],
  [
    "training dense layers",
    'import { dense } from "./nn/index.ts"; import { sequential } from "./train/index.ts";' +
      "console.log(dense, sequential);",
    152.3,
  ],
];

it.each(PAGES)("a page of %s takes at most its budget", async (_, code, budget) => {
  const folder = mkdtempSync(join(tmpdir(), "neurite-page-"));
  try {
    const entry = join(folder, "page.ts");
    writeFileSync(entry, code.replaceAll('"./', `"${src}`));
    const size = gzipped(...codesOf(await chunksOf(entry, false))) / 1024;
    expect(size).toBeLessThanOrEqual(budget);
    expect(size).toBeGreaterThan(budget * 0.6);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.each(Object.entries(BUDGETS))("%s takes at most %d KiB", async (name, budget) => {
  const entry = `${src}${name === "neurite" ? "" : `${name}/`}index.ts`;
  const size = gzipped(...codesOf(await chunksOf(entry, false))) / 1024;
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
    chunks = await chunksOf(`${src}predict/index.ts`, true);
  });

  it("takes at most 60 kB for a network of dense layers", () => {
    const first = atFirst(chunks, entriesOf(chunks));
    expect(gzipped(...codesOf(first)) / 1000).toBeLessThanOrEqual(60);
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
    const fetched = atFirst(chunks, [...entriesOf(chunks), ...names]);
    const size = gzipped(...codesOf(fetched)) / 1000;
    expect(size).toBeLessThanOrEqual(63.5);
    expect(gzipped(...codesOf(chunks)) / 1000).toBeGreaterThan(size + 10);
  });
});
