/** Starts a Chromium for each process of a run whose test files ask for one, and ends them with the run. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserServer } from "playwright-core";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where a process asks for its browser, by its number: the answer is what Playwright connects to. */
    readonly browserServer: string;
  }
}

/** Vitest calls it before the first test file, in its own process, and what it returns after the last. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // Not one for all: a clipboard is a browser's, and so is what a crash takes along.
  const browsers = new Map<string, Promise<BrowserServer>>();
  const start = async (process: string): Promise<BrowserServer> => {
    // Loaded here: most runs of a few files need no browser.
    const { serveChromium } = await import("./chromium.ts");
    const browser = await serveChromium();
    // Who asks after it died gets another.
    browser.on("close", () => browsers.delete(process));
    return browser;
  };
  const door = createServer(({ url = "" }, response) => {
    const browser = browsers.get(url) ?? start(url);
    browsers.set(url, browser);
    browser.then(
      (started) => response.end(started.wsEndpoint()),
      (error: Error) => {
        browsers.delete(url);
        response.writeHead(500).end(error.message);
      },
    );
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  provide("browserServer", `http://127.0.0.1:${(door.address() as AddressInfo).port}/`);
  return async () => {
    door.close();
    door.closeAllConnections();
    const started = await Promise.allSettled(browsers.values());
    await Promise.all(started.map((one) => one.status === "fulfilled" && one.value.close()));
  };
}
