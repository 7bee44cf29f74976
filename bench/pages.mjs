// What the playground costs a browser: its main thread and its frames while it trains, beside an idle page of the
// same run, and how many examples a second it learns, beside TF Playground's way in the same page.
// npm run bench:pages [-- --seconds 10 --rounds 3], after a build; needs Chromium.

import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { servePages } from "../cli/dist/files/page-server.js";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
const folder = new URL("../cli/pages/", import.meta.url).pathname;
const PEER_SECONDS = 2;

/** In the page, before anything of its own: times what it does for frames and for the worker's messages. */
function watch() {
  const seen = { frames: [], long: 0, work: 0, works: [], clicks: [] };
  globalThis.seen = seen;
  const timed = (f) =>
    function (...args) {
      const began = performance.now();
      try {
        return f.apply(this, args);
      } finally {
        seen.work += performance.now() - began;
      }
    };
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (f) => request(timed(f));
  const own = Object.getOwnPropertyDescriptor(Worker.prototype, "onmessage");
  Object.defineProperty(Worker.prototype, "onmessage", {
    ...own,
    set(f) {
      own.set.call(this, f && timed(f));
    },
  });
  const tick = (now) => {
    seen.frames.push(now);
    seen.works.push(seen.work);
    seen.work = 0;
    request(tick);
  };
  request(tick);
  new PerformanceObserver((list) => {
    seen.long += list.getEntries().length;
  }).observe({ type: "longtask" });
  addEventListener("click", (event) => {
    request(() => request(() => seen.clicks.push(performance.now() - event.timeStamp)));
  });
}

/** Clicks where nothing is, now and then, and says what was seen meanwhile. */
async function measure(page) {
  await page.evaluate(() => {
    Object.assign(globalThis.seen, { frames: [], long: 0, works: [], clicks: [] });
  });
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    await page.mouse.click(2, 2);
    await page.waitForTimeout(250);
  }
  const seen = await page.evaluate(() => globalThis.seen);
  return {
    frames: (seen.frames.length - 1) / ((seen.frames.at(-1) - seen.frames[0]) / 1000),
    long: seen.long,
    work: quantile(seen.works, 0.95),
    click: quantile(seen.clicks, 0.95),
  };
}

function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(q * sorted.length), sorted.length - 1)] ?? Number.NaN;
}

const median = (numbers) => quantile(numbers, 0.5);

/** Examples a second of a 2-2-1 network on exclusive or, an object a unit. */
function unitByUnit({ source, seconds: most }) {
  // The debugger evaluates this; the page itself may not.
  const build = new Function(`${source}; return build;`)();
  const array = (data) => ({ data: Float32Array.from(data) });
  const { run } = build({
    sizes: [2, 2, 1],
    batch: 4,
    optimizer: { rate: 0.5 },
    arrays: {
      x: array([0, 0, 0, 1, 1, 0, 1, 1]),
      y: array([0, 1, 1, 0]),
      w0: array([0.6, 0.4, 0.3, -0.6]),
      b0: array([0, 0]),
      w1: array([-0.3, 0.8]),
      b1: array([0]),
    },
  });
  run(20_000);
  const began = performance.now();
  let steps = 0;
  while (performance.now() - began < most * 1000) {
    run(5000);
    steps += 5000;
  }
  return (4 * steps * 1000) / (performance.now() - began);
}

const server = await servePages(folder, 0);
const browser = await chromium.launch({
  executablePath: values.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
const peerSource = readFileSync(
  new URL("src/unit-by-unit.mjs", import.meta.url),
  "utf8",
).replaceAll(/^export /gm, "");
const rows = [];
for (let round = 0; round < rounds; round++) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(`${server.url}?lang=en#/network`);
  await page.waitForSelector(".net-chip:not(:empty)");
  await page.waitForTimeout(1500);
  const idle = await measure(page);
  await page.locator(".transport select").last().selectOption("fast");
  await page.locator(".transport .play").click();
  await page.waitForTimeout(500);
  const training = await measure(page);
  const told = await page.locator(".network-output").textContent();
  const examples = Number(/([\d\s,]+) examples a second/.exec(told)?.[1].replaceAll(/\D/g, ""));
  await page.locator(".transport .play").click();
  await page.waitForTimeout(500);
  const peer = await page.evaluate(unitByUnit, { source: peerSource, seconds: PEER_SECONDS });
  rows.push({ idle, training, examples, peer, load: loadavg()[0] });
  await context.close();
}
await browser.close();
await server.close();

const of = (choose) => median(rows.map(choose));
const lines = [
  ["long tasks while training", of((r) => r.training.long), "0"],
  ["p95 of a frame's work, ms", of((r) => r.training.work), "at most 6"],
  ["frames a second, idle", of((r) => r.idle.frames), ""],
  ["frames a second, training", of((r) => r.training.frames), ""],
  ["ratio of frames", of((r) => r.training.frames / r.idle.frames), "at least 0.85"],
  [
    "p95 from click to frame over idle, ms",
    of((r) => r.training.click - r.idle.click),
    "at most 30",
  ],
  ["examples a second", of((r) => r.examples), ""],
  ["an object a unit, examples a second", of((r) => r.peer), ""],
  ["ratio of examples", of((r) => r.examples / r.peer), "at least 20"],
  ["load average", of((r) => r.load), ""],
];
console.log(`${rounds} rounds of ${seconds} s, medians`);
for (const [name, value, aim] of lines) {
  console.log(`${name.padEnd(42)} ${value.toPrecision(4).padStart(10)}  ${aim}`);
}
