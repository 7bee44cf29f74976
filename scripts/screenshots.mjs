// Draws the pictures of the README: the playground's pages as they are, into docs/pictures. After a build.
// usage: node scripts/screenshots.mjs [--chromium PATH]

import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { servePages } from "../cli/dist/files/page-server.js";

const { values } = parseArgs({
  options: { chromium: { type: "string", default: "/usr/bin/chromium" } },
});
const pathOf = (url) => new URL(url, import.meta.url).pathname;

/** What stands on each picture, and what is done before it is taken. */
const PICTURES = [
  {
    name: "network",
    hash: "#/network",
    query: "lang=en&theme=light",
    async prepare(page) {
      await page.waitForFunction(() =>
        [...document.querySelectorAll(".net-chip")].some((chip) => chip.textContent),
      );
      await page.locator(".transport select").last().selectOption("fast");
      await page.locator(".transport .play").click();
      await page.waitForTimeout(5000);
      await page.locator(".transport .play").click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: "backprop",
    hash: "#/backprop",
    query: "lang=zh&theme=light",
    async prepare(page) {
      await page.waitForTimeout(4000);
      for (let i = 0; i < 9; i++) await page.keyboard.press("PageDown");
      await page.waitForTimeout(500);
    },
  },
  { name: "curves", hash: "#/curves", query: "lang=en&theme=dark" },
  {
    name: "lesson",
    hash: "#/lesson/mazur",
    query: "lang=zh&theme=light",
    async prepare(page) {
      await page.locator(".predict input[type=radio]").nth(1).check();
      await page.locator(".predict button.primary").click();
      await page.waitForTimeout(1000);
    },
  },
];

mkdirSync(pathOf("../docs/pictures"), { recursive: true });
const server = await servePages(pathOf("../cli/pages/"), 0);
const browser = await chromium.launch({
  executablePath: values.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
for (const { name, hash, query, prepare } of PICTURES) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${server.url}?${query}${hash}`);
  await page.waitForSelector("main h1");
  await page.waitForTimeout(2500);
  await prepare?.(page);
  await page.screenshot({ path: pathOf(`../docs/pictures/${name}.png`) });
  await page.close();
  console.log(`docs/pictures/${name}.png`);
}
await browser.close();
await server.close();
