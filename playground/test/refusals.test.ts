/** What the library refuses, on a page: in Chinese there, by words that come when they are needed, or else marked. */
import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeLink } from "../src/codec/index.ts";
import { type Settings, XOR } from "../src/state/index.ts";
import { installed, PAGES_FOLDER, type Playground, startPlayground } from "./browser.testing.ts";

const { run } = XOR;
const settings = {
  ...XOR,
  run: { ...run, optimizer: { name: "sgd", learningRate: 0.5, momentum: 2 } },
} as Settings;

describe.skipIf(!installed)("what the library refuses", () => {
  let playground: Playground;
  let link: string;
  /** The script with the words. */
  let script: string;
  beforeAll(async () => {
    playground = await startPlayground();
    link = `#/network?s=${await makeLink({ settings })}`;
    const scripts = readdirSync(`${PAGES_FOLDER}/assets`).filter((name) => name.endsWith(".js"));
    const holds = (name: string) =>
      readFileSync(`${PAGES_FOLDER}/assets/${name}`, "utf8").includes("不能平均分成");
    const found = scripts.filter(holds);
    expect(found).toHaveLength(1);
    script = found[0]!;
  });
  afterAll(async () => await playground?.close());

  const problem = (page: Page) => page.locator(".note-card.is-problem p").first();
  const isFetched = (page: Page) =>
    page.evaluate(
      (name) => performance.getEntriesByType("resource").some((entry) => entry.name.includes(name)),
      script,
    );

  it("is said in the page's language, and again when that changes", async () => {
    const { page, faults } = await playground.open(link, { language: "en" });
    await problem(page).waitFor();
    expect(await problem(page).textContent()).toContain("expected momentum to be a number from 0");
    expect(await isFetched(page)).toBe(false);
    await page.locator("header button[lang=zh]").click();
    await page.getByText("momentum 应为不小于 0 且小于 1 的数，现在是 2").waitFor();
    expect(await page.locator(".notes [lang=en]").count()).toBe(0);
    expect(await isFetched(page)).toBe(true);
    expect(faults).toEqual([]);
  });

  it("is marked as English where the words cannot be had", async () => {
    const opened = await playground.open("#/", { language: "zh" });
    const { page } = opened;
    await page.route(`**/${script}`, (route) => route.abort());
    await page.evaluate((hash) => {
      location.hash = hash;
    }, link);
    await problem(page).waitFor();
    const marked = problem(page).locator("[lang=en]");
    await marked.waitFor();
    expect(await marked.textContent()).toContain("expected momentum to be a number from 0");
    expect(await problem(page).textContent()).toContain("程序库的英文说明");
    await page.unroute(`**/${script}`);
  });

  it("is Chinese where a file cannot be opened, and where the compiler refuses an if", async () => {
    const { page, faults } = await playground.open("#/network", { language: "zh" });
    await page.waitForSelector(".transport");
    await page.locator("button.share").click();
    await page.locator(".share-dialog input[type=file]").setInputFiles({
      name: "weights.safetensors",
      mimeType: "application/octet-stream",
      buffer: Buffer.from([1, 2, 3]),
    });
    await page.getByText("文件太短：只有 3 个字节，至少应有 8 个").waitFor();
    const { page: backprop } = await playground.open("#/backprop", { language: "zh" });
    for (const summary of await backprop.locator("details summary").all()) await summary.click();
    await backprop.locator(".branch-panel blockquote", { hasText: "追踪时读了" }).waitFor();
    expect(faults).toEqual([]);
  });
});
