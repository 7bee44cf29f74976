/** What a page has to fetch, gzipped: its first chunks, the worker, and each chunk that comes later. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { buildIfChanged } from "../build/up-to-date.ts";
import { installed, startPlayground, until } from "./browser.testing.ts";

const folder = fileURLToPath(new URL("../../cli/pages/", import.meta.url));

/** kB. A number moves only in the commit that says why. */
const BUDGETS = {
  /** What is loaded before anything is drawn. */
  main: 90,
  /**
   * What the worker fetches until the net that the page opens with, exclusive or with two hidden units, has made
   * its first step: its entry, and every chunk that it really fetched by then, whoever asked for it. Engine, ops and
   * derivatives are two thirds of it, and grow with the library: see its own test/size.test.ts. What a run does not
   * name, expressions, jobs, threads and most views come later.
   */
  worker: 115,
  other: 60,
};

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

let manifest: Readonly<Record<string, Chunk>>;
beforeAll(async () => {
  await buildIfChanged(folder.slice(0, -1));
  manifest = JSON.parse(readFileSync(`${folder}.vite/manifest.json`, "utf8"));
});

const size = (file: string) => gzipSync(readFileSync(folder + file), { level: 9 }).length / 1000;

/** A chunk with all that it imports at once. */
function closure(key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key]!;
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const file of chunk.css ?? []) found.add(file);
  for (const name of chunk.imports ?? []) closure(name, found);
  return found;
}

/** A script with all that it imports at once: the manifest has no worker. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(folder + file, "utf8");
  for (const [, name] of text.matchAll(/\b(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) {
    loadedWith(`assets/${name}`, found);
  }
  return found;
}

const first = () => closure("index.html");

/** The worker's own script. */
function workerEntry(): string {
  const workers = readdirSync(`${folder}assets`).filter((name) => /^main-.*\.js$/.test(name));
  expect(workers).toHaveLength(1);
  return `assets/${workers[0]}`;
}

it("loads little before anything is drawn", () => {
  const total = [...first()].reduce((sum, file) => sum + size(file), 0);
  expect(total).toBeLessThanOrEqual(BUDGETS.main);
  expect(total).toBeGreaterThan(20);
});

it("has a worker that holds the engine, and no page that does", () => {
  const scripts = readdirSync(`${folder}assets`).filter((name) => name.endsWith(".js"));
  // What jobs share with the worker stands in chunks of its own, which it loads at once.
  const worker = loadedWith(workerEntry());
  const total = [...worker].reduce((sum, file) => sum + size(file), 0);
  expect(total).toBeLessThanOrEqual(BUDGETS.worker);
  // One chunk beside the bundler's own: what it imported of others would be needed before it is there.
  expect(worker.size).toBeLessThanOrEqual(2);
  expect(total).toBeGreaterThan(100);
  const rest = scripts.map((name) => `assets/${name}`).filter((file) => !first().has(file));
  const others = rest.filter((file) => !worker.has(file));
  expect(others.length).toBeGreaterThan(10);
  expect(others.filter((file) => size(file) > BUDGETS.other)).toEqual([]);
});

describe.skipIf(!installed)("in a browser", () => {
  it("has fetched no more for the worker when the net of the opening page has made a step", async () => {
    const playground = await startPlayground();
    try {
      const { page } = await playground.open("#/network");
      await page.waitForSelector(".net-chip:not(:empty)");
      const lossOf = () => page.locator(".score-loss").first().textContent();
      const before = await lossOf();
      await page.keyboard.press("ArrowRight");
      await until(async () => (await lossOf()) !== before, "the first step");
      const [worker] = page.workers();
      // What is imported at once is no entry of its own there: the worker's script brings it.
      const later = await worker!.evaluate(() =>
        performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname.slice(1)),
      );
      const fetched = loadedWith(workerEntry());
      for (const file of later.filter((name) => name.endsWith(".js"))) loadedWith(file, fetched);
      const total = [...fetched].reduce((sum, file) => sum + size(file), 0);
      expect(total).toBeLessThanOrEqual(BUDGETS.worker);
      expect(total).toBeGreaterThan(BUDGETS.worker * 0.9);
    } finally {
      await playground.close();
    }
  });
});

it("asks no other host: no address in what is built leads elsewhere", () => {
  const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(js|css|html)$/.test(name))
    .map((name) => [name, readFileSync(folder + name, "utf8")] as const);
  const addresses = texts.flatMap(([name, text]) =>
    [...text.matchAll(/\bhttps?:\/\/[\w.-]+/g)].map(([address]) => `${name}: ${address}`),
  );
  // Names of XML, which nobody asks for.
  expect(addresses.filter((line) => !line.endsWith("http://www.w3.org"))).toEqual([]);
  expect(texts.find(([name]) => name === "index.html")![1]).toContain("default-src 'self'");
});
