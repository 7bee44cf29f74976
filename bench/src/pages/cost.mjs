/** What the page costs a browser: its main thread and its frames while it trains, beside when it is idle. */

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
async function measure(page, seconds) {
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

export function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(q * sorted.length), sorted.length - 1)] ?? Number.NaN;
}

/** A page of its own: idle, then training at full speed. */
export async function costOf(browser, url, seconds) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(`${url}?lang=en#/network`);
  await page.waitForSelector(".net-chip:not(:empty)");
  await page.waitForTimeout(1500);
  const idle = await measure(page, seconds);
  await page.locator(".transport select").last().selectOption("fast");
  await page.locator(".transport .play").click();
  await page.waitForTimeout(500);
  const training = await measure(page, seconds);
  await context.close();
  return { idle, training };
}
