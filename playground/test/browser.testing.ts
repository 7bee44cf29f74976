/** The built pages in a real browser, for the tests of all pages: opens them, watches what they ask for and say. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { type PageServer, servePages } from "../../cli/src/files/page-server.ts";
import { ensureChineseFont, findChromium, type Installed } from "../../test/browser/chromium.ts";
import { sharedBrowser } from "../../test/browser/shared-browser.ts";
import { buildIfChanged } from "../build/up-to-date.ts";
import { settle, watchWorkers } from "./late.testing.ts";

export const PAGES_FOLDER: string = fileURLToPath(new URL("../../cli/pages", import.meta.url));

/** Null where there is no browser: tests of pages are skipped then. */
export const installed: Installed | null = await findChromium();
if (installed) await ensureChineseFont();

/**
 * A page is gone before what V8 optimizes most has paid for its compiling, which is a seventh of what axe costs. The
 * engine is Wasm, which this leaves alone.
 */
const pagesBrowser = () => sharedBrowser("--no-turbofan");

/** The pages, served and opened. */
export interface Playground {
  readonly url: string;
  /** A page of this test's own, with watches on it, opened at a hash as "#/network"; left when its test ends. */
  open(hash?: string, options?: OpenOptions): Promise<Opened>;
  /** An empty page that has nothing of the others; closed when its test ends. */
  newPage(): Promise<Page>;
  /** Nothing goes on in the pages after it; the next file opens them again. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly language?: "en" | "zh";
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** More of the query, as "embed=1". */
  readonly query?: string;
}

export interface Opened {
  readonly page: Page;
  /** Errors of the console and of scripts, and requests to other hosts: to be empty. */
  readonly faults: readonly string[];
  /** What axe finds once all is there: one line a fault, to be empty. */
  axe(): Promise<string[]>;
}

/** The server and the pages of this process: its test files come one after the other, and go on in them. */
let server: Promise<PageServer> | undefined;
let free: Tab[] = [];

/** The pages that no test has; those whose browser died are closed. */
function stillOpen(): Tab[] {
  free = free.filter(({ page }) => !page.isClosed());
  return free;
}

async function servePlayground(): Promise<PageServer> {
  await buildIfChanged(PAGES_FOLDER);
  return await servePages(PAGES_FOLDER, 0);
}

export async function startPlayground(): Promise<Playground> {
  server ??= servePlayground();
  const { url } = await server;
  return {
    url,
    async open(hash = "#/", options = {}) {
      const tab = stillOpen().pop() ?? (await newTab(url));
      onTestFinished(() => void free.push(tab));
      return await openIn(tab, url, hash, options);
    },
    async newPage() {
      const page = await (await pagesBrowser()).newPage();
      onTestFinished(() => page.close());
      return page;
    },
    async close() {
      // Not at about:blank: that is a process of its own, and the next file would begin with another.
      await Promise.all(stillOpen().map(({ page }) => page.goto(`${url}nothing`)));
    },
  };
}

/**
 * A page that one test gets after another: going on in its process, with the scripts it has compiled, costs
 * half of what a new one does.
 */
interface Tab {
  readonly page: Page;
  faults: string[];
  visits: number;
}

async function newTab(url: string): Promise<Tab> {
  const context = await (await pagesBrowser()).newContext();
  await context.addInitScript(forgetLastVisit);
  await watchWorkers(context);
  const page = await context.newPage();
  const tab: Tab = { page, faults: [], visits: 0 };
  page.on("console", (message) => {
    if (message.type() === "error") tab.faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => tab.faults.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && `${origin}/` !== url) {
      tab.faults.push(`request: ${request.url()}`);
    }
  });
  return tab;
}

/** Runs in a page before its own scripts: what the test before has left is gone, what this one leaves stays. */
function forgetLastVisit(): void {
  const visit = new URLSearchParams(location.search).get("visit");
  if (visit === null || sessionStorage.getItem("visit") === visit) return;
  localStorage.clear();
  sessionStorage.clear();
  sessionStorage.setItem("visit", visit);
}

async function openIn(tab: Tab, url: string, hash: string, options: OpenOptions): Promise<Opened> {
  const { language = "en", theme = "light", width = 1280, height = 900, query = "" } = options;
  const { page } = tab;
  await page.context().clearPermissions();
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ reducedMotion: options.reducedMotion ? "reduce" : "no-preference" });
  // Another address at each visit, since another hash alone would load nothing.
  const visit = `visit=${tab.visits++}`;
  const search = [`lang=${language}`, `theme=${theme}`, visit, query].filter(Boolean).join("&");
  tab.faults = [];
  await page.goto(`${url}?${search}${hash}`);
  await page.waitForSelector("main h1, .is-embedded main > *");
  return { page, faults: tab.faults, axe: () => runAxe(page) };
}

/** Another hash in the same page, once what it shows is there. */
export async function goTo({ page }: Opened, hash: string, shown = "main h1"): Promise<void> {
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
  await page.waitForSelector(shown);
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

async function runAxe(page: Page): Promise<string[]> {
  await settle({ page }, 0);
  // Evaluated by the debugger, so that the page's policy holds for the page alone.
  const isThere = await page.evaluate(() => "axe" in globalThis);
  if (!isThere) await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } };
    const found = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      // What is in order is not told element by element, which would be most of the work.
      resultTypes: ["violations"],
    });
    return found.violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = "" }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

/** Waits until a condition on the page holds, told as a function of it. */
export async function until(what: () => Promise<boolean>, message: string): Promise<void> {
  const end = Date.now() + 50_000;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`${message}: not within 50 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
