/** The Chromium that the test files of a process share, but for those that need flags of their own. */
import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";

let connected: Promise<Browser> | undefined;

/**
 * The process's browser, which the run's own process holds (browser-server.ts). Who opens a page there
 * closes it: the browser stays for the files to come.
 */
export async function sharedBrowser(): Promise<Browser> {
  connected ??= connect();
  try {
    const browser = await connected;
    if (browser.isConnected()) return browser;
  } catch (error) {
    connected = undefined;
    throw error;
  }
  // It died; there is another where one asks.
  connected = undefined;
  return await sharedBrowser();
}

async function connect(): Promise<Browser> {
  const answer = await fetch(`${inject("browserServer")}${process.env["VITEST_POOL_ID"]}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`no browser: ${text}`);
  return await chromium.connect(text);
}
