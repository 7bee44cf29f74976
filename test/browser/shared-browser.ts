/** The Chromium that the test files of a process share, but for those that need flags of their own. */
import type { Browser } from "playwright-core";
import { findChromium, HOW_TO_INSTALL, launch } from "./chromium.ts";

let launched: Promise<Browser> | undefined;

/**
 * The process's browser, started when it is first asked for. Who opens a page there closes it: the browser stays
 * for the files to come. Not one for all processes: a clipboard is a browser's, and so is what a crash takes along.
 */
export async function sharedBrowser(): Promise<Browser> {
  launched ??= start();
  try {
    const browser = await launched;
    if (browser.isConnected()) return browser;
  } catch (error) {
    launched = undefined;
    throw error;
  }
  // It died; there is another where one asks.
  launched = undefined;
  return await sharedBrowser();
}

/**
 * Driven from here without a server between, which would read and write every message twice. It ends with the process:
 * Playwright sees to that where the process exits, and Chromium by itself where its pipe closes.
 */
async function start(): Promise<Browser> {
  const installed = await findChromium();
  if (installed === null) throw new Error(HOW_TO_INSTALL);
  // Vitest ends its processes so, and does not wait for what is closed in order.
  process.once("SIGTERM", () => process.exit());
  return await launch(installed);
}
