/** The library in a real browser: the Wasm engine's suites and training in a Web Worker, and a page. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { WasmOptions } from "neurite";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "./browser/bundle.ts";
import { findChromium, launch } from "./browser/chromium.ts";
import { drawExamples } from "./browser/examples.ts";
import { type Site, serve } from "./browser/server.ts";
import { sharedBrowser } from "./browser/shared-browser.ts";
import { SUITES, WITHOUT_THREADS } from "./browser/suites.ts";
import { type Trained, train } from "./browser/training.ts";

/** Every kernel that can be split is split, however small. */
const SPLIT_ALL = { kernel: 0, byte: 0, run: 0 };

const root = fileURLToPath(new URL("../", import.meta.url));
const MINUTES = 60_000;

/** By hand: npm run fuzz -- --browser --wide */
const { BROWSER_JS_FLAGS = "", FUZZ_RUNS, MODE = "test" } = process.env;
const SUITES_TIMEOUT = (FUZZ_RUNS === undefined ? 3 : 60) * MINUTES;

interface ListedTest {
  readonly name: string;
  /** The whole path. */
  readonly file: string;
}

/** The tests that vitest finds in the suites under Node; skipped ones are left out. */
async function namesUnderNode(): Promise<readonly ListedTest[]> {
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  // --json comes last: it would take a path after it for a file to write.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [vitest, "list", ...Object.keys(SUITES), "--mode", MODE, "--maxWorkers=1", "--json"],
    { cwd: root, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout) as ListedTest[];
}

/** The largest difference between the weights of two runs. */
function furthest(a: Trained, b: Trained): number {
  const differences = a.weights.flatMap((data, k) => {
    return Array.from(data, (weight, i) => Math.abs(weight - b.weights[k]![i]!));
  });
  return Math.max(...differences);
}

const installed = await findChromium();

const title = [installed?.version ?? "no Chromium", BROWSER_JS_FLAGS].join(" ").trim();

describe.skipIf(!installed)(title, () => {
  let browser: Browser;
  let files: ReadonlyMap<string, string>;
  let listed: readonly ListedTest[];
  let examples: Awaited<ReturnType<typeof drawExamples>>;
  const sites: Site[] = [];
  const pages = new Map<boolean, Promise<Page>>();

  beforeAll(async () => {
    const entries = { page: "test/browser/page.ts", worker: "test/browser/worker.ts" };
    [browser, files, listed, examples] = await Promise.all([
      BROWSER_JS_FLAGS === "" ? sharedBrowser() : launch(installed!, BROWSER_JS_FLAGS),
      bundle(entries),
      namesUnderNode(),
      drawExamples(),
    ]);
  }, 3 * MINUTES);

  afterAll(async () => {
    await Promise.allSettled([...pages.values()].map(async (page) => (await page).close()));
    if (BROWSER_JS_FLAGS !== "") await browser?.close();
    for (const site of sites) site.close();
  });

  /** A page for all that is done where it is isolated, and one for the rest: each is a process of its own. */
  function pageThat(isolated: boolean): Promise<Page> {
    const page = pages.get(isolated) ?? openPage(isolated);
    pages.set(isolated, page);
    return page;
  }

  async function openPage(isolated: boolean): Promise<Page> {
    const site = await serve(files, { isolated });
    sites.push(site);
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error));
    await page.goto(site.url);
    await page.waitForFunction(() => "neuritePage" in globalThis);
    return page;
  }

  interface Place {
    readonly isolated: boolean;
    /** What the engine is told there. Results must not depend on it. */
    readonly engine: WasmOptions;
    /** The test files that are run there. */
    readonly suites: readonly string[];
  }

  describe.each<Place>([
    { isolated: true, engine: { threads: 2, leastWork: SPLIT_ALL }, suites: Object.keys(SUITES) },
    { isolated: false, engine: {}, suites: WITHOUT_THREADS },
  ])("a Web Worker, isolated: $isolated", ({ isolated, engine, suites }) => {
    let page: Page;

    beforeAll(async () => {
      page = await pageThat(isolated);
    });

    it("has SharedArrayBuffer only where it is isolated, as workers do that it starts", async () => {
      const [worker, ofWorker] = await page.evaluate(() => neuritePage.inWorker("realms"));
      const expected = { inWorker: true, isolated, sharedArrayBuffer: isolated };
      expect(worker).toEqual(expected);
      expect(ofWorker).toEqual(expected);
    });

    it("has the threads that it asks for only where it is isolated", async () => {
      const options = { threads: 2 };
      const threads = await page.evaluate((o) => neuritePage.inWorker("threadsOf", o), options);
      expect(threads).toBe(isolated ? 2 : 1);
    });

    it(
      "passes the engine's suites, the same tests as under Node",
      async () => {
        const outcomes = await page.evaluate((s) => neuritePage.inWorker("runSuites", s), suites);
        const ran = outcomes.filter(({ state }) => state !== "skip");
        expect(ran.filter(({ state }) => state !== "pass")).toEqual([]);
        const names = listed.filter(({ file }) => suites.some((suite) => file.endsWith(suite)));
        expect(ran.map(({ name }) => name).sort()).toEqual(names.map(({ name }) => name).sort());
        expect(ran.length).toBeGreaterThan(100);
      },
      SUITES_TIMEOUT,
    );

    it.each(["W1", "W5"] as const)("trains %s to the bits that Node gets", async (workload) => {
      const run = { workload, ...examples[workload], engine: { ...engine, deterministic: true } };
      const trained = await page.evaluate((run) => neuritePage.inWorker("train", run), run);
      const { losses, weights } = trained;
      expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
      expect(weights.length).toBeGreaterThan(3);
      expect(trained).toEqual(await train({ ...run, engine: { deterministic: true } }));
    });

    // Fused operations round as processor and compiler please, and Node may have another compiler.
    it.each(["W1", "W5"] as const)("trains %s with fused operations", async (workload) => {
      const run = { workload, ...examples[workload], engine };
      const trained = await page.evaluate((run) => neuritePage.inWorker("train", run), run);
      expect(furthest(trained, await train({ ...run, engine: {} }))).toBeLessThan(1e-3);
    });
  });

  describe("the page's own thread", () => {
    let page: Page;

    beforeAll(async () => {
      page = await pageThat(false);
    });

    it("runs ops, gradients, compiled functions and models", async () => {
      const { learnt, fitted, ...exact } = await page.evaluate(() => neuritePage.tour());
      expect(exact).toEqual({
        engine: "wasm",
        product: [7, 10, 15, 22],
        cost: 2.25,
        gradient: [-6, -9],
      });
      expect(learnt).toBeLessThan(0.01);
      expect(fitted).toBeLessThan(0.01);
    });

    // On this thread Chromium compiles no module of more than 8 MiB at once.
    it("compiles and runs a training step", async () => {
      const run = { workload: "W1" as const, ...examples.W1, engine: { deterministic: true } };
      expect(await page.evaluate((run) => neuritePage.train(run), run)).toEqual(await train(run));
    });
  });
});
