/** The Chromium that the test files of a process share, one for each set of flags that they need. */
import type { Browser } from "playwright-core";
import { findChromium, HOW_TO_INSTALL, launch } from "./chromium.ts";

const launched = new Map<string, Promise<Browser>>();

/**
 * The process's browser, started when it is first asked for. Who opens a page there closes it: the browser stays
 * for the files to come. Not one for all processes: a clipboard is a browser's, and so is what a crash takes along.
 * @param jsFlags V8's flags
 */
export async function sharedBrowser(jsFlags = ""): Promise<Browser> {
  const starting = launched.get(jsFlags) ?? start(jsFlags);
  launched.set(jsFlags, starting);
  try {
    const browser = await starting;
    if (browser.isConnected()) return browser;
  } catch (error) {
    launched.delete(jsFlags);
    throw error;
  }
  // It died; there is another where one asks.
  launched.delete(jsFlags);
  return await sharedBrowser(jsFlags);
}

/**
 * Driven from here without a server between, which would read and write every message twice. It ends with the process:
 * Playwright sees to that where the process exits, and Chromium by itself where its pipe closes.
 */
async function start(jsFlags: string): Promise<Browser> {
  // Vitest ends its processes so, and does not wait for what is closed in order.
  if (launched.size === 0) process.once("SIGTERM", () => process.exit());
  const installed = await findChromium();
  if (installed === null) throw new Error(HOW_TO_INSTALL);
  return await launch(installed, jsFlags);
}
