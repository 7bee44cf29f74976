/** The frame of all pages in a real browser: routes, links, language, embedding, static hosts, keys. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { servePages } from "../../cli/src/files/page-server.ts";
import { makeLink } from "../src/codec/index.ts";
import { QUADRANTS, VIEW } from "../src/state/index.ts";
import {
  goTo,
  installed,
  PAGES_FOLDER,
  type Playground,
  startPlayground,
  until,
} from "./browser.testing.ts";
import { wear } from "./look.testing.ts";

describe.skipIf(!installed)("the frame of the pages", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  it("goes everywhere by the navigation, without a fault, in both languages", async () => {
    const opened = await playground.open("#/");
    const { page, faults } = opened;
    const links = page.locator("header nav a");
    for (const language of ["en", "zh"] as const) {
      await wear(opened, { language, theme: "light", width: 1280 });
      const titles = new Set<string>();
      for (let i = 0; i < (await links.count()); i++) {
        await links.nth(i).click();
        const current = page.locator('header nav a[aria-current="page"]');
        await until(
          async () =>
            (await current.getAttribute("href")) === (await links.nth(i).getAttribute("href")),
          "a page",
        );
        await until(async () => (await page.locator("main h1").count()) === 1, "a heading");
        titles.add(await page.title());
      }
      expect(titles.size).toBe(6);
      await page.goto(`${playground.url}#/nowhere`);
      await page.waitForSelector('main a[href="#/"]');
    }
    expect(faults).toEqual([]);
  });

  it("goes on around a page that fails while it is drawn", async () => {
    const opened = await playground.open("#/");
    const { page } = opened;
    await page.evaluate(() => {
      const { map } = Array.prototype;
      Array.prototype.map = function (this: unknown[], ...args: never) {
        if (/\/map-page-[^/]*\.js/.test(new Error().stack ?? "")) throw new Error("no map today");
        return map.apply(this, args);
      } as typeof map;
      Object.assign(globalThis, { mend: () => Object.assign(Array.prototype, { map }) });
    });
    await goTo(opened, "#/map", "main [role=alert]");
    expect(await page.locator("main").textContent()).toContain("no map today");
    // The header is drawn anew, and another page too.
    await page.getByRole("button", { name: "中文" }).click();
    await page.waitForSelector("main :text('重新显示')");
    await goTo(opened, "#/lessons");
    await page.evaluate(() => (globalThis as unknown as { mend(): void }).mend());
    await goTo(opened, "#/map");
    // Each time the page was drawn, and nothing of what came after.
    expect(new Set(opened.faults)).toEqual(new Set(["script: no map today"]));
  });

  it("says what is wrong with a link, in the language of the page", async () => {
    const { page } = await playground.open("#/network?s=broken!");
    const note = page.getByRole("alert");
    await until(async () => (await note.textContent())!.includes("The link is damaged"), "a note");
    const chinese = await playground.open("#/network?s=broken!", { language: "zh" });
    const other = chinese.page.getByRole("alert");
    await until(async () => (await other.textContent())!.includes("链接已损坏"), "a note");
    await other.getByRole("button", { name: "关闭" }).click();
    await until(async () => (await other.textContent()) === "", "nothing");
    expect(chinese.faults).toEqual([]);
  });

  it("goes on with other settings where those of a link cannot be trained, and says with which", async () => {
    const run = { ...QUADRANTS.run, optimizer: { name: "sgdd", learningRate: 1 } };
    const link = await makeLink({ settings: { ...QUADRANTS, run } });
    const { page, faults } = await playground.open(`#/network?s=${link}`, { language: "zh" });
    const note = page.getByRole("alert");
    await until(
      async () =>
        /没有名为“sgdd”的优化算法。是不是想写“sgd”？改用最初的设置：异或。/.test(
          (await note.textContent()) ?? "",
        ),
      "a note",
    );
    await page.waitForSelector(".net-chip:not(:empty)");
    expect(faults).toEqual([]);
  });

  it("opens what a link holds", async () => {
    const link = await makeLink({ settings: QUADRANTS, view: { ...VIEW, logLoss: true } });
    const { page, faults } = await playground.open(`#/missing-page?s=${link}`);
    await page.waitForSelector('main a[href="#/"]');
    expect(await page.getByRole("alert").textContent()).toBe("");
    expect(faults).toEqual([]);
  });

  it("stands in a course page without its frame, and leads to the whole", async () => {
    const { page, faults } = await playground.open("#/", { query: "embed=1" });
    await page.waitForSelector(".open-here");
    expect(await page.locator("header.site-header").count()).toBe(0);
    const whole = await page.locator(".open-here").getAttribute("href");
    expect(whole).not.toContain("embed");
    expect(whole).toContain("#/");
    expect(faults).toEqual([]);
  });

  it("trains below a sub-folder of a static host", async () => {
    const folder = mkdtempSync(join(tmpdir(), "neurite-host-"));
    cpSync(PAGES_FOLDER, join(folder, "courses", "nets"), { recursive: true });
    const host = await servePages(folder, 0);
    try {
      const page = await playground.newPage();
      const faults: string[] = [];
      page.on("pageerror", ({ message }) => faults.push(message));
      page.on("response", (response) => {
        if (response.status() >= 400) faults.push(response.url());
      });
      await page.goto(`${host.url}courses/nets/?lang=en`);
      await page.getByRole("button", { name: "One step on" }).click();
      await page.waitForSelector("text=step 1 of 1");
      expect(faults.filter((url) => !url.endsWith("/favicon.ico"))).toEqual([]);
    } finally {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("can be worked by keys alone", async () => {
    const { page, faults } = await playground.open();
    await page.waitForSelector(".region-map");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      "Skip to the content",
    );
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector("text=step 1 of 1");
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector("text=step 0 of 1");
    await page.keyboard.press(" ");
    await page.waitForSelector("button:has-text('Pause')");
    await page.keyboard.press(" ");
    await page.waitForSelector("button:has-text('Play')");
    await page.keyboard.press("Home");
    await page.waitForSelector("text=step 0 of 0");
    const map = page.locator(".region-frame");
    await map.focus();
    await page.keyboard.press("ArrowUp");
    await until(
      async () => /^at \(/.test((await page.locator(".region-map output").textContent())!),
      "a reading",
    );
    expect(faults).toEqual([]);
  });

  it("folds what is seldom needed into a menu where it is narrow, for keys too", async () => {
    const { page, faults } = await playground.open("#/curves", { width: 360 });
    const menu = page.locator("header details.menu");
    const isOpen = () => menu.evaluate((details: HTMLDetailsElement) => details.open);
    expect(await isOpen()).toBe(false);
    await menu.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await isOpen()).toBe(true);
    await menu.locator("select").last().selectOption("dark");
    await page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
    // Escape closes the dialog that was opened from the menu, and then the menu.
    await menu.getByRole("button", { name: "Share" }).click();
    await page.waitForSelector(".share-dialog[open]");
    await page.keyboard.press("Escape");
    await until(async () => (await page.locator(".share-dialog").count()) === 0, "no dialog");
    expect(await isOpen()).toBe(true);
    await menu.locator("select").first().focus();
    await page.keyboard.press("Escape");
    expect(await isOpen()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
    // A tap beside it closes it too.
    await menu.locator("summary").click();
    expect(await isOpen()).toBe(true);
    await page.mouse.click(180, 850);
    expect(await isOpen()).toBe(false);
    expect(faults).toEqual([]);
  });

  it("shows four frames a second to whoever wants little motion", async () => {
    const { page } = await playground.open("#/", { reducedMotion: true });
    await page.getByRole("button", { name: "Play" }).click();
    const step = async () =>
      Number(/step (\d+)/.exec((await page.locator(".timeline output").textContent())!)?.[1]);
    await until(async () => (await step()) > 0, "training");
    const seen = await page.evaluate(async () => {
      let changes = 0;
      const watch = new MutationObserver(() => {
        changes += 1;
      });
      watch.observe(document.querySelector(".timeline output")!, {
        characterData: true,
        subtree: true,
        childList: true,
      });
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return changes;
    });
    expect(seen).toBeLessThan(20);
    const then = await step();
    await until(async () => (await step()) > then, "more frames");
  });
});
