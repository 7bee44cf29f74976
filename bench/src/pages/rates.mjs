/** How many examples a second the page learns and its peers in the same page, by turns. */

import { scriptOf } from "../script.mjs";
import { hashOf } from "./nets.mjs";
import { workerSeconds } from "./worker-time.mjs";

const WINDOW_MS = 300;
const WARM_UP_MS = 700;

/** What runs in the page besides the page itself, and where. */
const PLACES = [
  ["training", "worker"],
  ["oneStep", "worker"],
  ["objects", "worker"],
  ["training", "page"],
  ["oneStep", "page"],
  ["library", "worker"],
  ["losses", "worker"],
];

/** All ways as one script that says `ways`. */
export const waysScript = () => scriptOf(new URL("ways.mjs", import.meta.url), "ways");

/** In the page, before anything of its own: notes what the frames of its worker say. */
function listen() {
  globalThis.told = [];
  const own = Object.getOwnPropertyDescriptor(Worker.prototype, "onmessage");
  Object.defineProperty(Worker.prototype, "onmessage", {
    ...own,
    set(f) {
      own.set.call(
        this,
        f &&
          function (event) {
            const { kind, step, stats } = event.data ?? {};
            if (kind === "frame") globalThis.told.push({ at: performance.now(), step, ...stats });
            return f.call(this, event);
          },
      );
    },
  });
}

/** In the page: begins all ways, each in a worker of its own or in the page. */
async function beginAll({ script, places, net, warmupMs }) {
  const worker = `${script};
    let window;
    onmessage = async ({ data: { name, net, warmupMs, ms } }) => {
      if (name) window = await ways.begin(name, net, warmupMs);
      postMessage(ms ? await window(ms) : 0);
    };`;
  const url = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  globalThis.windows = [];
  for (const [name, place] of places) {
    if (place === "page") {
      // The debugger evaluates this; the page itself may not.
      globalThis.windows.push(await globalThis.ways.begin(name, net, warmupMs));
      continue;
    }
    const peer = new Worker(url);
    const ask = (message) =>
      new Promise((resolve, reject) => {
        peer.addEventListener("message", ({ data }) => resolve(data), { once: true });
        peer.addEventListener("error", ({ message: why }) => reject(new Error(why)), {
          once: true,
        });
        peer.postMessage(message);
      });
    await ask({ name, net, warmupMs });
    globalThis.windows.push((ms) => ask({ ms }));
  }
}

/** Presses the button that says one thing, until it says the other: the worker has its own time to answer. */
async function press(page, before, after) {
  await page.locator(".transport .play", { hasText: before }).click();
  await page.locator(".transport .play", { hasText: after }).waitFor();
}

/** Lets the page train at full speed, first for a while that does not count by the clock. */
async function trained({ page, net, pid }) {
  const lastStep = () => page.evaluate(() => globalThis.told.at(-1)?.step ?? 0);
  const [before, seconds] = [await lastStep(), workerSeconds(pid)];
  await press(page, "Play", "Pause");
  await page.waitForTimeout(WINDOW_MS);
  await page.evaluate(() => globalThis.told.splice(0, globalThis.told.length - 1));
  await page.waitForTimeout(2 * WINDOW_MS);
  await page.waitForFunction(() => globalThis.told.length > 1);
  const told = await page.evaluate(() => globalThis.told);
  await press(page, "Pause", "Play");
  // Until its worker has answered and shown the last step; a busy one takes its time.
  await page.waitForTimeout(WINDOW_MS);
  const examples = ((await lastStep()) - before) * net.batch;
  const [first, last] = [told[0], told.at(-1)];
  return {
    page: {
      window: ((last.step - first.step) * net.batch * 1000) / (last.at - first.at),
      processor: examples / (workerSeconds(pid) - seconds),
    },
    alone: { window: (net.train.length * 1000) / last.epochMs },
  };
}

/** One way for a window, at place `at`. */
async function ran({ page, pid }, at, place) {
  const seconds = workerSeconds(pid);
  const ask = ([which, ms]) => globalThis.windows[which](ms);
  const { examples, ...rates } = await page.evaluate(ask, [at, WINDOW_MS]);
  if (place === "page") return rates;
  return { ...rates, processor: examples / (workerSeconds(pid) - seconds) };
}

/** Opens a net in a page of its own, where everything is warmed up. @returns a function that takes a turn */
export async function openNet({ browser, pid, url, script }, net) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.addInitScript(listen);
  await page.goto(`${url}?lang=en${hashOf(net)}`);
  await page.waitForSelector(".net-chip:not(:empty)");
  await page.locator(".transport select").last().selectOption("fast");
  const opened = { page, net, pid };
  for (let time = 0; time < 2; time++) await trained(opened);
  await page.addScriptTag({ content: script });
  await page.evaluate(beginAll, { script, places: PLACES, net, warmupMs: WARM_UP_MS });
  return async () => {
    const turn = await trained(opened);
    for (const [at, [name, place]] of PLACES.entries()) {
      turn[`${name} ${place}`] = await ran(opened, at, place);
    }
    return turn;
  };
}
