/** What a page has asked of its workers and has not heard yet; and, on trial, answers and scripts that come late. */
import type { BrowserContext, Page } from "playwright-core";

/**
 * Milliseconds by which every answer of a worker, and every script, comes late, of the environment: what a test reads
 * before it is there comes too late then on any machine.
 */
const { NEURITE_TEST_DELAY = "0", NEURITE_TEST_SCRIPT_DELAY = "0" } = process.env;

/** For all pages of a context, before they are opened. */
export async function watchWorkers(context: BrowserContext): Promise<void> {
  await context.addInitScript(listenToWorkers, Number(NEURITE_TEST_DELAY));
  const late = Number(NEURITE_TEST_SCRIPT_DELAY);
  if (late === 0) return;
  await context.route(/\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, late));
    await route.continue().catch(() => {}); // The page may have gone on to another.
  });
}

/**
 * Waits until a page, in which nothing plays, has heard all that its workers have to say, and has drawn it.
 * @param drawnMs in which it draws what it was told: what seldom changes is drawn four times a second
 */
export async function settle({ page }: { readonly page: Page }, drawnMs = 260): Promise<void> {
  await page.evaluate(
    (ms) => (globalThis as unknown as { settle(ms: number): Promise<void> }).settle(ms),
    drawnMs,
  );
}

/** Runs in a page before its own scripts. */
function listenToWorkers(delay: number): void {
  const NativeWorker = Worker;
  /** By the worker: what it has been asked and has not answered. */
  const open = new Map<Worker, Set<number>>();
  const asked = new Map<number, () => void>();
  let [heardCount, lastId] = [0, 0];
  globalThis.Worker = class extends NativeWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      open.set(this, new Set());
    }
    override postMessage(message: { readonly id?: number }, ...more: never[]) {
      if (message.id) open.get(this)?.add(message.id);
      super.postMessage(message, ...more);
    }
    override terminate() {
      open.delete(this);
      for (const answered of asked.values()) answered();
      super.terminate();
    }
    override set onmessage(hear: ((event: MessageEvent) => void) | null) {
      const heard = (event: MessageEvent) => {
        const { id, kind } = event.data;
        if (kind !== "part") open.get(this)?.delete(id);
        if (id < 0) asked.get(id)?.();
        else {
          heardCount += 1;
          hear?.(event);
        }
      };
      const late = (event: MessageEvent) => void setTimeout(heard, delay, event);
      super.onmessage = delay > 0 ? late : heard;
    }
  };
  /** A message that asks nothing is answered when all before it are done. */
  const allDone = (worker: Worker) =>
    new Promise<void>((resolve) => {
      lastId -= 1;
      asked.set(lastId, resolve);
      worker.postMessage({ kind: "nothing", id: lastId });
    });
  const paint = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const settle = async (drawnMs: number) => {
    let before: number;
    do {
      before = heardCount;
      await new Promise((done) => setTimeout(done, drawnMs));
      // A frame is acknowledged with the next paint: the worker may have another then.
      await paint();
      await paint();
      await Promise.all([...open.keys()].map(allDone));
      asked.clear();
    } while (heardCount !== before || [...open.values()].some(({ size }) => size > 0));
  };
  Object.assign(globalThis, { settle });
}
